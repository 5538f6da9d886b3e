"""Family and given names of many origins, as Massachusetts charts spell them. Every person made of them is invented."""

from __future__ import annotations

from desk_app.domain.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Names that go together. ``share`` is how often they come; ``language`` is spoken at home.

    A family name with two forms has the men's before the slash.
    """

    share: int
    language: str
    families: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


def _origin(share: int, language: str, families: str, women: str, men: str) -> Origin:
    return Origin(share, language, _names(families), _names(women), _names(men))


ORIGINS: tuple[Origin, ...] = (
    _origin(
        26,
        "English",
        "Whitcomb, Thayer, Pruitt, Hathaway, Bagley, Crowell, Fenwick, Lathrop, Sturgis, Winslow, Ashby, Colburn, "
        "Merriam, Tilden, Prescott-Hale, Barlow, Everett, Goodnow",
        "Harriet, Dorothy, Lois, Marjorie, Constance, Beverly, Joan, Priscilla, Nancy, Ellen, Susan, Ruth Ann",
        "Walter, Raymond, Stanley, Earl, Gordon, Leonard, Roger, Bruce, Douglas, Howard, Philip, Chester",
    ),
    _origin(
        16,
        "English",
        "O'Sullivan, O'Hearn, McGonagle, Gallagher, Donoghue, Fitzgibbon, D'Arcy, Mulcahy, Kinneally, O'Shaughnessy, "
        "MacNamara, Tierney",
        "Maureen, Kathleen, Eileen, Siobhán, Nora, Bridget, Mary Pat, Deirdre, Sheila",
        "Brendan, Cornelius, Seán, Francis X., Eamon, Declan, Kevin, Desmond",
    ),
    _origin(
        12,
        "Spanish",
        "Ibarra-Núñez, Villaseñor, Quiñones, Arévalo, Cifuentes, Montañez, Peña Rosario, Zúñiga, Echevarría, Otero, "
        "Barrientos, Saldaña",
        "Marisol, Guadalupe, Inés, Consuelo, Altagracia, Yolanda, Belén, Ana Lucía, Rosario",
        "Joaquín, Héctor, Ramón, Efraín, Octavio, José Luis, Andrés, Wilfredo",
    ),
    _origin(
        10,
        "Portuguese",
        "Gonçalves, Medeiros, Conceição, Falcão, Arruda, Botelho, de Andrade, Simões, Pacheco, Furtado, dos Anjos",
        "Fátima, Lurdes, Graça, Filomena, Maria João, Deolinda, Natália, Odete",
        "Manuel, Antônio, Joaquim, Duarte, Hélder, Gil, Norberto, Zeferino",
    ),
    _origin(
        5,
        "Vietnamese",
        "Nguyễn, Trần, Phạm, Huỳnh, Đặng, Bùi, Vũ, Lương",
        "Thị Mai, Ngọc Lan, Thu Hà, Kim Oanh, Bích Thủy, Hồng",
        "Văn Hùng, Quang Minh, Đức, Thanh Tùng, Hữu Phước, Bảo",
    ),
    _origin(
        4,
        "Korean",
        "Kwon, Seo, Hwang, Bae, Noh, Jeong, Shim, Yoo",
        "Eun-ji, Mi-sook, Young-hee, Soo-jin, Hye-won, Kyung-ja",
        "Sang-woo, Dong-hyun, Jae-ho, Ki-tae, Chul-soo, Min-seok",
    ),
    _origin(
        6,
        "Mandarin",
        "Xu, Zhao, Qiu, Ouyang, Lü, Hsieh, Fang, Tseng, Guo",
        "Xiuying, Meiling, Yulan, Shu-fen, Liqin, Hui",
        "Jianguo, Wei-ming, Zhiqiang, Guoliang, Chih-hao, Peng",
    ),
    _origin(
        5,
        "Arabic",
        "al-Khatib, Haddad, Abdelrahman, Mansour, Nasrallah, el-Sayed, Khoury, Bazzi",
        "Samira, Layla, Fadwa, Nadia, Widad, Hanan",
        "Yusuf, Tariq, Elias, Mahmoud, Bassam, Khalil",
    ),
    _origin(
        4,
        "English",
        "Abramovitz, Ben-Ami, Shapira, Rosenzweig, Gelfand, Mizrahi, Teitelbaum, Halevi",
        "Miriam, Shoshana, Esther, Rivka, Judith, Tzipora",
        "Mordechai, Irving, Yitzhak, Saul, Avram, Menachem",
    ),
    _origin(
        4,
        "Armenian",
        "Hovsepian, Der Bedrosian, Karapetyan, Manoogian, Sarkissian, Tashjian, Boyajian",
        "Anahid, Siranoush, Araxie, Lusine, Takouhi, Nevart",
        "Garabed, Hagop, Vahan, Tigran, Krikor, Aram",
    ),
    _origin(
        6,
        "Haitian Creole",
        "Jean-Baptiste, Desrosiers, Toussaint, Guerrier, Saint-Fleur, Beauvoir, Élysée, Dorcély",
        "Marie-Thérèse, Yolette, Guerda, Mirlande, Roselène, Fabienne",
        "Jean-Robert, Wilner, Frantz, Émile, Ronald, Jocelyn",
    ),
    _origin(
        5,
        "English",
        "Okonkwo, Adébáyọ̀, Mensah, Boateng, Nwachukwu, Owusu-Ansah, Sesay, Diop, Ọláyínká",
        "Adaeze, Abena, Folasade, Ngozi, Akosua, Aminata",
        "Chukwuemeka, Kwabena, Babatunde, Ifeanyi, Kofi, Ousmane",
    ),
    _origin(
        5,
        "Hindi",
        "Venkataraman, Deshpande, Chaudhuri, Ramanathan, Bhattacharya, Kulkarni, Gill, Thakkar",
        "Sunita, Lakshmi, Kamala, Meenakshi, Usha, Harpreet",
        "Rajesh, Subramaniam, Anil, Harbhajan, Vikram, Prakash",
    ),
    _origin(
        6,
        "Polish",
        "Wójcik, Łukasik, Zając, Dąbrowski/Dąbrowska, Grzybowski/Grzybowska, Krzemiński/Krzemińska, Pietrzak, "
        "Świderski/Świderska",
        "Halina, Bożena, Grażyna, Stanisława, Jadwiga, Elżbieta",
        "Zbigniew, Mieczysław, Tadeusz, Kazimierz, Czesław, Józef",
    ),
    _origin(
        5,
        "Russian",
        "Voloshin/Voloshina, Kuznetsov/Kuznetsova, Belyaev/Belyaeva, Shcherbakov/Shcherbakova, "
        "Gorodetsky/Gorodetskaya, Lyubimov/Lyubimova, Tsvetkov/Tsvetkova",
        "Lyudmila, Galina, Zinaida, Raisa, Yevgeniya, Faina",
        "Arkady, Vyacheslav, Lev, Gennady, Semyon, Boris",
    ),
    _origin(
        4,
        "English",
        "Sørensen, Åkesson, Bjørnstad, Lindqvist-Berg, Hämäläinen, Møller, Þorsteinsson/Þorsteinsdóttir",
        "Ingrid, Solveig, Astrid, Märta, Gudrun, Kirsti",
        "Torbjörn, Nils, Håkon, Leif, Anders, Eino",
    ),
    _origin(
        8,
        "English",
        "DiBenedetto, Ciampa, D'Amico, Lo Presti, Iannuzzi, Tedesco, Vaccaro, Mastrangelo",
        "Concetta, Rosemarie, Filomena, Loretta, Assunta, Gina",
        "Salvatore, Rocco, Dominic, Carmine, Gaetano, Anthony",
    ),
    _origin(
        5,
        "Khmer",
        "Chhim, Sok, Phan, Keo, Touch, Prak, Ouk",
        "Sopheap, Chanthou, Bopha, Sreymom, Kunthea",
        "Vuthy, Sokha, Rithy, Samnang, Borin",
    ),
)

SUFFIXES = ("Jr", "Sr", "II", "III")
