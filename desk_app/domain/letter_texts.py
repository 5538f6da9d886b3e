"""The usual letters in English and Spanish. Fasting times are the ASA's; what is clinical, the physician sets.

Plain words and short lines: they are read by people in pain, at home, perhaps in a hurry. The letter to whoever could
not be reached never says what they come for.
"""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.domain.languages import LetterLanguage
from desk_app.domain.letters import LetterKind, LetterTemplate

PREPARATION_EN = """\
Dear {patient},

Please read this page today, and once more on the day before your visit. If anything is unclear, call us.
{practice_phone} is our number. We answer {office_hours}.

# When and where
- Your visit: {visit_date}, {visit_time}
- Please be here at {arrive_at}.
- Where: {practice}, {practice_address}
- What is planned: {procedure}
- Your physician: {physician}
{with labs_on_the_day}- Blood is drawn that morning, so please come on time.
{with overnight}- You stay with us for one night. Bring what you need for it.
{with may_stay}- Most people go home the same day. In case you have to stay the night, bring what you need for it.

# Eating and drinking
- Last light meal, such as toast: {last_meal}. After that no food and no milk.
{with last_meal}- Fried or fatty food and meat stay in the stomach longer: none in the last 8 hours before your visit.
- Last water, black coffee, plain tea or clear juice: {last_clear_fluids}. After that nothing at all.
{without last_meal}- You may eat and drink as usual.

# Your medicines and allergies
- Our chart says that you take {blood_thinner}. Do not stop it and do not change it on your own.
{with thinner_open}- We are still waiting for the doctor's plan for it, and will call you as soon as it is here.
{with thinner_received}- The doctor's plan for it is here. We will go through it with you on the phone.
{with thinner_told}- We have told you the doctor's plan for it. Please follow it, and call us if you are not sure.
{with thinner_held}- You have told us that you are following the doctor's plan for it. Please go on so.
- Noted at our desk: {thinner_note}
{without blood_thinner}- Our chart shows no blood thinner. If you take one, call us, and do not stop it on your own.
- Allergies in our chart: {allergies}
{without allergies}- Our chart shows no allergies. If you have any, call us.
- Pacemaker or other heart device in our chart: {heart_device}. Please bring its card.
- Ask us which of your other medicines to take that morning, above all those for diabetes.

# Who takes you home
- You have told us that this adult comes with you and takes you home: {escort}
{with sedation}{without escort}- You will be drowsy, so an adult must take you home. Call us with the name.
{with sedation}- Without an adult to take you home we have to put off your visit. You must not drive until the next day.
{without sedation}{without escort}- We advise you not to drive yourself home.
- Help that we have noted for you: {mobility}

# Please bring
- A photo ID, your insurance card, and a list of all your medicines
- Images that we still need: {images}
{with consent}- Your glasses, if you need them to read: there is a consent form to read and sign
- Loose, comfortable clothes; leave jewelry and valuables at home

# Afterwards
- You rest with us for about {rest}, flat on your back if we ask you to.
{without overnight}- You go home at about {home_at}, if all is well.
{with sedation}- Have somebody at home with you until the next morning. Rest, and sign nothing important that day.
- The next working day we call you to ask how you are.

# Call us before you come
- if you have a fever, a cold, an infection or a new wound
- if you take a new medicine, or may be pregnant
- if you cannot come, or nobody can take you home

# Call 911 after your visit
- if you cannot breathe well, have chest pain, or suddenly cannot move or feel an arm or a leg
- if you can no longer hold or pass urine

Kind regards,
{practice}
"""
PREPARATION_ES = """\
Estimado/a {patient}:

Lea esta hoja hoy y otra vez el día antes de su visita, por favor. Si algo no está claro, llámenos.
Nuestro teléfono es {practice_phone}. Atendemos: {office_hours}.

# Cuándo y dónde
- Su visita: {visit_date}, {visit_time}
- Llegue, por favor, a esta hora: {arrive_at}
- Dónde: {practice}, {practice_address}
- Lo que está previsto: {procedure}
- Su médico: {physician}
{with labs_on_the_day}- Esa mañana le sacaremos sangre, así que le rogamos puntualidad.
{with overnight}- Pasará una noche con nosotros. Traiga lo que necesite para ello.
{with may_stay}- Casi todos vuelven a casa el mismo día. Por si tuviera que pasar la noche aquí, traiga lo necesario.

# Comer y beber
- Última comida ligera, por ejemplo pan tostado: {last_meal}. Después, nada de comida ni de leche.
{with last_meal}- Lo frito, lo graso y la carne tardan más: no los coma en las últimas 8 horas antes de su visita.
- Última agua, café solo, té sin leche o jugo claro: {last_clear_fluids}. Después, absolutamente nada.
{without last_meal}- Puede comer y beber como siempre.

# Sus medicinas y alergias
- Según nuestra ficha, usted toma {blood_thinner}. No lo deje ni lo cambie por su cuenta.
{with thinner_open}- Todavía esperamos las indicaciones del médico sobre esto. Le llamaremos en cuanto las tengamos.
{with thinner_received}- Ya tenemos las indicaciones del médico sobre esto. Las repasaremos con usted por teléfono.
{with thinner_told}- Ya le explicamos las indicaciones del médico. Sígalas, por favor, y llámenos si tiene dudas.
{with thinner_held}- Usted nos dijo que está siguiendo las indicaciones del médico. Continúe así, por favor.
- Nota de nuestra recepción: {thinner_note}
{without blood_thinner}- No consta que tome un anticoagulante. Si toma alguno, llámenos y no lo deje por su cuenta.
- Alergias en nuestra ficha: {allergies}
{without allergies}- En nuestra ficha no consta ninguna alergia. Si tiene alguna, llámenos.
- Marcapasos u otro dispositivo del corazón en nuestra ficha: {heart_device}. Traiga su tarjeta.
- Pregúntenos cuáles de sus otras medicinas debe tomar esa mañana, sobre todo las de la diabetes.

# Quién le lleva a casa
- Usted nos dijo que esta persona adulta viene con usted y le lleva a casa: {escort}
{with sedation}{without escort}- Tendrá sueño: una persona adulta debe llevarle a casa. Díganos su nombre por teléfono.
{with sedation}- Si ningún adulto puede llevarle, tendremos que aplazar su visita. No maneje hasta el día siguiente.
{without sedation}{without escort}- Le aconsejamos que no maneje usted de vuelta a casa.
- Ayuda que hemos anotado para usted: {mobility}

# Traiga, por favor
- Un documento con foto, su tarjeta del seguro y la lista de todas sus medicinas
- Imágenes que todavía nos faltan: {images}
{with consent}- Sus anteojos, si los necesita para leer: hay un consentimiento que leer y firmar
- Ropa cómoda y holgada; deje en casa las joyas y los objetos de valor

# Después
- Descansará con nosotros durante {rest}, más o menos, boca arriba si se lo pedimos.
{without overnight}- Se irá a casa hacia esta hora, si todo va bien: {home_at}
{with sedation}- Que alguien le acompañe en casa hasta la mañana siguiente. Descanse y no firme nada importante ese día.
- El siguiente día laborable le llamaremos para saber cómo está.

# Llámenos antes de venir
- si tiene fiebre, un resfriado, una infección o una herida nueva
- si toma una medicina nueva o podría estar embarazada
- si no puede venir o nadie puede llevarle a casa

# Llame al 911 después de su visita
- si le cuesta respirar, le duele el pecho o de pronto no puede mover o no siente un brazo o una pierna
- si no puede orinar o no puede retener la orina

Atentamente,
{practice}
"""
UNREACHABLE_EN = """\
{today}

Dear {patient},

We have tried to reach you by phone, and we could not.

Please call us at {practice_phone}. We answer {office_hours}.
When you call, please give this number: {reference}

If your phone number has changed, please tell us the new one.
If you no longer wish to hear from us, a short call is enough, and we will not call again.

Kind regards,
{practice}
{practice_address}
"""
UNREACHABLE_ES = """\
{today}

Estimado/a {patient}:

Hemos intentado hablar con usted por teléfono y no lo hemos conseguido.

Llámenos, por favor, al {practice_phone}. Atendemos: {office_hours}.
Cuando llame, díganos este número: {reference}

Si su número de teléfono ha cambiado, díganos el nuevo, por favor.
Si ya no desea saber de nosotros, basta una breve llamada y no volveremos a llamarle.

Atentamente,
{practice}
{practice_address}
"""


def _letter(kind: LetterKind, language: LetterLanguage, title: str, text: str) -> LetterTemplate:
    return LetterTemplate(kind, language, title, text.strip("\n"))


_USUAL = (
    _letter(LetterKind.PREPARATION, LetterLanguage.ENGLISH, "Preparing for your visit", PREPARATION_EN),
    _letter(LetterKind.PREPARATION, LetterLanguage.SPANISH, "Cómo prepararse para su visita", PREPARATION_ES),
    _letter(LetterKind.UNREACHABLE, LetterLanguage.ENGLISH, "Please call us", UNREACHABLE_EN),
    _letter(LetterKind.UNREACHABLE, LetterLanguage.SPANISH, "Llámenos, por favor", UNREACHABLE_ES),
)
USUAL_LETTERS: Mapping[tuple[LetterKind, LetterLanguage], LetterTemplate] = {
    (letter.kind, letter.language): letter for letter in _USUAL
}
