#include "people_words.hpp"

#include <array>

namespace idi::demo {
namespace {

using Words = std::string_view;

constexpr auto german_women = std::to_array<Words>(
    {"Anna",   "Lena",    "Julia",  "Katharina", "Sophie",  "Marie",    "Laura",  "Hannah",
     "Sabine", "Petra",   "Monika", "Ursula",    "Claudia", "Stefanie", "Birgit", "Heike",
     "Nicole", "Johanna", "Greta",  "Charlotte", "Mia",     "Emilia",   "Leonie", "Franziska"});
constexpr auto german_men = std::to_array<Words>(
    {"Lukas",   "Felix",   "Jonas",    "Maximilian", "Paul",     "Leon",   "Stefan",  "Thomas",
     "Michael", "Andreas", "Wolfgang", "Jürgen",     "Matthias", "Tobias", "Florian", "Sebastian",
     "Markus",  "Uwe",     "Klaus",    "Dieter",     "Moritz",   "Emil",   "Henrik",  "Philipp"});
constexpr auto german_families = std::to_array<Words>(
    {"Müller", "Schmidt",  "Schneider", "Fischer", "Weber",   "Meyer",      "Wagner",
     "Becker", "Schulz",   "Hoffmann",  "Schäfer", "Koch",    "Bauer",      "Richter",
     "Klein",  "Wolf",     "Schröder",  "Neumann", "Schwarz", "Zimmermann", "Braun",
     "Krüger", "Hofmann",  "Hartmann",  "Lange",   "Werner",  "Krause",     "Lehmann",
     "Köhler", "Maier",    "Vogel",     "Brandt",  "Winkler", "Lorenz",     "Baumann",
     "Franke", "Albrecht", "Seidel",    "Huber",   "Gruber"});
constexpr auto french_women = std::to_array<Words>(
    {"Camille",  "Manon",   "Chloé",    "Léa",      "Emma",     "Juliette", "Louise",
     "Alice",    "Sylvie",  "Nathalie", "Isabelle", "Céline",   "Aurélie",  "Élodie",
     "Mathilde", "Margaux", "Inès",     "Clara",    "Brigitte", "Anne"});
constexpr auto french_men = std::to_array<Words>(
    {"Lucas",   "Hugo",     "Louis",   "Gabriel",   "Arthur",  "Jules",  "Antoine",
     "Nicolas", "Philippe", "Laurent", "Olivier",   "Julien",  "Pierre", "François",
     "Mathieu", "Thibault", "Benoît",  "Guillaume", "Étienne", "Rémi"});
constexpr auto french_families = std::to_array<Words>(
    {"Martin",   "Bernard", "Dubois",  "Thomas",   "Robert",   "Richard", "Petit",  "Durand",
     "Leroy",    "Moreau",  "Simon",   "Laurent",  "Lefebvre", "Michel",  "Garcia", "David",
     "Bertrand", "Roux",    "Vincent", "Fournier", "Morel",    "Girard",  "André",  "Mercier",
     "Dupont",   "Lambert", "Bonnet",  "Rousseau", "Blanc",    "Faure"});
constexpr auto dutch_women = std::to_array<Words>(
    {"Sanne", "Lotte", "Fleur", "Anouk", "Femke", "Marieke", "Ingrid", "Saskia", "Eva", "Julia",
     "Noor", "Lieke", "Maud", "Esther", "Karin", "Wilma"});
constexpr auto dutch_men =
    std::to_array<Words>({"Daan", "Sem", "Bram", "Thijs", "Jeroen", "Pieter", "Willem", "Joost",
                          "Ruben", "Lars", "Sander", "Maarten", "Kees", "Niels", "Koen", "Bas"});
constexpr auto dutch_families = std::to_array<Words>(
    {"de Jong",  "Jansen",  "de Vries", "van den Berg", "van Dijk", "Bakker",
     "Janssen",  "Visser",  "Smit",     "Meijer",       "de Boer",  "Mulder",
     "de Groot", "Bos",     "Vos",      "Peters",       "Hendriks", "van Leeuwen",
     "Dekker",   "Brouwer", "de Wit",   "Dijkstra",     "Smits",    "van der Meer"});
constexpr auto italian_women = std::to_array<Words>(
    {"Giulia", "Chiara", "Francesca", "Martina", "Sara", "Valentina", "Elena", "Alessia", "Sofia",
     "Aurora", "Paola", "Silvia", "Federica", "Ilaria", "Lucia", "Bianca"});
constexpr auto italian_men = std::to_array<Words>(
    {"Marco", "Alessandro", "Luca", "Matteo", "Lorenzo", "Davide", "Andrea", "Francesco",
     "Giovanni", "Riccardo", "Stefano", "Paolo", "Simone", "Giuseppe", "Antonio", "Pietro"});
constexpr auto italian_families = std::to_array<Words>(
    {"Rossi",    "Russo", "Ferrari",  "Esposito", "Bianchi",  "Romano",  "Colombo", "Ricci",
     "Marino",   "Greco", "Bruno",    "Gallo",    "Conti",    "De Luca", "Mancini", "Costa",
     "Giordano", "Rizzo", "Lombardi", "Moretti",  "Barbieri", "Fontana", "Santoro", "D'Angelo"});
constexpr auto spanish_women = std::to_array<Words>(
    {"Lucía", "María", "Paula", "Carmen", "Marta", "Laura", "Elena", "Ana", "Cristina", "Isabel",
     "Nuria", "Pilar", "Sofía", "Alba", "Irene", "Rocío"});
constexpr auto spanish_men = std::to_array<Words>(
    {"Pablo", "Daniel", "Alejandro", "Javier", "Carlos", "Miguel", "Sergio", "Diego", "Álvaro",
     "Jorge", "Manuel", "Raúl", "Iván", "Rubén", "Andrés", "Hugo"});
constexpr auto spanish_families = std::to_array<Words>(
    {"García",    "Fernández", "González", "Rodríguez", "López",     "Martínez",
     "Sánchez",   "Pérez",     "Gómez",    "Martín",    "Jiménez",   "Ruiz",
     "Hernández", "Díaz",      "Moreno",   "Álvarez",   "Muñoz",     "Romero",
     "Alonso",    "Gutiérrez", "Navarro",  "Torres",    "Domínguez", "Vázquez"});
constexpr auto british_women = std::to_array<Words>(
    {"Olivia", "Amelia", "Emily", "Charlotte", "Grace", "Lucy", "Sarah", "Emma", "Hannah", "Rachel",
     "Fiona", "Claire", "Helen", "Rebecca", "Megan", "Zoe", "Ruby", "Alice"});
constexpr auto british_men = std::to_array<Words>(
    {"Oliver", "George", "Harry", "Jack", "William", "James", "Thomas", "Daniel", "Matthew",
     "Andrew", "Callum", "Stuart", "Edward", "Simon", "Peter", "Ben", "Adam", "Ryan"});
constexpr auto british_families = std::to_array<Words>(
    {"Smith",   "Jones",    "Taylor", "Brown",    "Williams", "Wilson", "Johnson", "Davies",
     "Patel",   "Robinson", "Wright", "Thompson", "Evans",    "Walker", "White",   "Roberts",
     "Green",   "Hall",     "Wood",   "Jackson",  "Clarke",   "Hughes", "Murray",  "Campbell",
     "Stewart", "O'Connor", "Kelly",  "Murphy",   "Byrne",    "Khan"});
constexpr auto nordic_women =
    std::to_array<Words>({"Ingrid", "Astrid", "Freja", "Ida", "Maja", "Elsa", "Signe", "Karin",
                          "Linnea", "Sofie", "Emma", "Alva", "Mette", "Kirsten", "Hanne", "Saga"});
constexpr auto nordic_men = std::to_array<Words>(
    {"Erik", "Lars", "Anders", "Magnus", "Mikkel", "Oskar", "Nils", "Karl", "Søren", "Henrik",
     "Gustav", "Axel", "Viggo", "Johan", "Rasmus", "Björn"});
constexpr auto nordic_families = std::to_array<Words>(
    {"Andersson", "Johansson",   "Karlsson", "Nilsson",   "Eriksson", "Larsson",
     "Olsson",    "Persson",     "Jensen",   "Nielsen",   "Hansen",   "Pedersen",
     "Andersen",  "Christensen", "Sørensen", "Rasmussen", "Lindberg", "Lindström",
     "Bergström", "Holm",        "Dahl",     "Berg"});
constexpr auto polish_women =
    std::to_array<Words>({"Anna", "Katarzyna", "Agnieszka", "Magdalena", "Joanna", "Zofia", "Maja",
                          "Julia", "Ewa", "Monika", "Aleksandra", "Karolina"});
constexpr auto polish_men =
    std::to_array<Words>({"Jakub", "Piotr", "Krzysztof", "Andrzej", "Tomasz", "Paweł", "Michał",
                          "Marcin", "Wojciech", "Łukasz", "Adam", "Kamil"});
constexpr auto polish_families = std::to_array<Words>(
    {"Nowak", "Wójcik", "Kowalczyk", "Woźniak", "Mazur", "Krawczyk", "Kaczmarek", "Zając", "Król",
     "Wróbel", "Pawlak", "Michalak", "Dudek", "Sikora", "Baran", "Duda"});

constexpr auto germany = std::to_array<City>({{"Berlin", "30"},
                                              {"Hamburg", "40"},
                                              {"Munich", "89"},
                                              {"Cologne", "221"},
                                              {"Frankfurt", "69"},
                                              {"Stuttgart", "711"},
                                              {"Leipzig", "341"},
                                              {"Bremen", "421"}});
constexpr auto france = std::to_array<City>({{"Paris", "1"},
                                             {"Lyon", "4"},
                                             {"Marseille", "4"},
                                             {"Toulouse", "5"},
                                             {"Bordeaux", "5"},
                                             {"Lille", "3"}});
constexpr auto netherlands = std::to_array<City>(
    {{"Amsterdam", "20"}, {"Rotterdam", "10"}, {"Utrecht", "30"}, {"Eindhoven", "40"}});
constexpr auto austria = std::to_array<City>(
    {{"Vienna", "1"}, {"Graz", "316"}, {"Salzburg", "662"}, {"Innsbruck", "512"}});
constexpr auto switzerland =
    std::to_array<City>({{"Zurich", "44"}, {"Basel", "61"}, {"Bern", "31"}, {"Lucerne", "41"}});
constexpr auto italy = std::to_array<City>(
    {{"Milan", "02"}, {"Rome", "06"}, {"Turin", "011"}, {"Bologna", "051"}, {"Florence", "055"}});
constexpr auto spain = std::to_array<City>(
    {{"Madrid", "91"}, {"Barcelona", "93"}, {"Valencia", "96"}, {"Seville", "95"}});
constexpr auto united_kingdom = std::to_array<City>({{"London", "20"},
                                                     {"Manchester", "161"},
                                                     {"Edinburgh", "131"},
                                                     {"Bristol", "117"},
                                                     {"Leeds", "113"}});
constexpr auto denmark =
    std::to_array<City>({{"Copenhagen", "33"}, {"Aarhus", "86"}, {"Odense", "66"}});
constexpr auto sweden =
    std::to_array<City>({{"Stockholm", "8"}, {"Gothenburg", "31"}, {"Malmö", "40"}});
constexpr auto poland =
    std::to_array<City>({{"Warsaw", "22"}, {"Kraków", "12"}, {"Wrocław", "71"}, {"Gdańsk", "58"}});
constexpr auto belgium =
    std::to_array<City>({{"Brussels", "2"}, {"Antwerp", "3"}, {"Ghent", "9"}, {"Bruges", "50"}});

constexpr auto all = std::to_array<Country>({
    {"Germany", "+49", "de", 300, german_women, german_men, german_families, germany},
    {"France", "+33", "fr", 160, french_women, french_men, french_families, france},
    {"Netherlands", "+31", "nl", 110, dutch_women, dutch_men, dutch_families, netherlands},
    {"Austria", "+43", "at", 80, german_women, german_men, german_families, austria},
    {"Switzerland", "+41", "ch", 70, german_women, german_men, german_families, switzerland},
    {"Italy", "+39", "it", 80, italian_women, italian_men, italian_families, italy},
    {"Spain", "+34", "es", 60, spanish_women, spanish_men, spanish_families, spain},
    {"United Kingdom", "+44", "uk", 70, british_women, british_men, british_families,
     united_kingdom},
    {"Denmark", "+45", "dk", 25, nordic_women, nordic_men, nordic_families, denmark},
    {"Sweden", "+46", "se", 25, nordic_women, nordic_men, nordic_families, sweden},
    {"Poland", "+48", "pl", 30, polish_women, polish_men, polish_families, poland},
    {"Belgium", "+32", "be", 40, french_women, dutch_men, dutch_families, belgium},
});

}  // namespace

std::span<const Country> countries() { return all; }

}  // namespace idi::demo
