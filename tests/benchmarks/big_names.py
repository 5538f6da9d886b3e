"""Names of nobody, of many origins, for the generated patients."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FAMILIES = _words(
    """
Abbott Abdi Achterberg Adeyemi Agarwal Ahmadi Akintola Almeida Alvarado Amsel Andersen Aoki Arslan Asante Auerbach
Baptiste Barbosa Barsamian Bélanger Benali Bergström Bhatt Bianchi Boateng Bouchard Brannigan Brightwater Bui
Cabral Calloway Cardoso Castellanos Chaudhry Chevalier Chowdhury Cisneros Coleman Corrigan Costa Cruz Csonka
Dahlberg Dang Delacroix Demir Desrosiers Dhillon Diaz Dimitrov Donoghue Dubois Duong Dvořák
Eberhardt Echeverría Eklund Elbaz Emerson Escobar Estrada Ezeudu Fairbanks Farouk Ferreira Figueroa Fitzgerald
Fontaine Forsythe Fraser Fujimoto Gallagher Ganguly García Gebremariam Gill Giordano González Goodwin Grabowski
Gutiérrez Haddad Hakimi Halloran Hargreaves Hashimoto Hernández Hoang Holmberg Horvath Huynh Ibarra Ibrahim Iglesias
Inoue Isaksen Ivanova Jankowski Jarrett Jiménez Johansson Joubert Kaminski Kapoor Karimi Kaur Kendrick Khalil Kimura
Kowalczyk Krishnan Kuznetsov Lachance Lafayette Langford Larsson Lebrun Lefebvre Lindahl Lindqvist Loukas Lundgren
MacAllister Machado Mahoney Malhotra Marchetti Mariano Martínez Mbeki McDermott Medeiros Mehta Mendoza Moreau Morozov
Mukherjee Nakamura Nascimento Ndiaye Nguyen Nikolaidis Nordstrom Novak Nowak O’Brien O’Connell Obeng Ocampo Odhiambo
Okafor Okonkwo Olsson Ortega Ortiz Osei Ouellette Özdemir Pacheco Papadakis Parkhurst Patel Pellegrini Pereira Pham
Pinheiro Prendergast Quintero Rahman Ramírez Reyes Ribeiro Rosenthal Rousseau Rossi Ruiz Saito Salazar Sandoval
Santos Sapienza Schneider Serrano Shapiro Silva Singh Sokolov Steinberg Suárez Svensson Szabo Tanaka Teixeira
Thibodeau Torres Tran Tremblay Ustinov Valdez Vandermeer Vasquez Villanueva Vogel Vu Wachowski Wallace Wang Whitfield
Wójcik Xiong Yamamoto Yilmaz Zamora Zhang Zielinski
"""
)

GIVEN = _words(
    """
Adaeze Aisha Alejandro Alice Amara Amir Ana Anders Anh Anita Antoine Arjun Astrid Beatriz Benjamin Björn Brendan
Carla Carlos Catherine Chidi Chiara Claire Colleen Daniela David Deepa Dolores Dmitri Eileen Elena Elif Emeka Emma
Esperanza Fatima Felix Fernanda Florence Frances Gabriel George Giovanna Grace Guillermo Gwendolyn Hamid Hana Harold
Hector Helen Henrietta Hiroshi Ibrahim Ingrid Irene Isabel Ivan Jacqueline James Jamila Javier Jean Joaquim José
Josephine Kaito Karen Katarzyna Khadija Kwame Lakshmi Leila Leo Linh Lorraine Louis Lucía Luis Magdalena Malik Manuel
Margaret Mariam Maria Marisol Martin Mehmet Mei Michael Miguel Minh Mohammed Monique Nadia Naomi Nikos Nkechi Noor
Olga Oscar Pádraig Pamela Patrick Paulo Pedro Petra Priya Rafael Rajesh Ramón Rebecca Roberto Rosa Ruth Samir Samuel
Sanjay Sarah Sergei Sigrid Sofia Soledad Stanisław Stephen Sunita Susan Takeshi Tariq Teresa Thanh Theodore Thomas
Ursula Valentina Veronica Victor Vincent Wanda Wei William Xavier Yasmin Yolanda Yuki Yusuf Zainab Zoltán
"""
)
