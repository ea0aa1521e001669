#include "catalog_words.hpp"

#include <array>

namespace idi::demo {
namespace {

constexpr auto tents = std::to_array<Article>({{"1-Person Tent", 119, 249, 1400},
                                               {"2-Person Tent", 159, 399, 2300},
                                               {"3-Person Tent", 219, 479, 3100},
                                               {"Family Tent", 329, 799, 9800},
                                               {"Tarp", 39, 99, 700},
                                               {"Tent Pegs", 9, 19, 250}});
constexpr auto backpacks = std::to_array<Article>({{"Daypack 20 L", 49, 99, 600},
                                                   {"Hiking Backpack 35 L", 89, 159, 1200},
                                                   {"Trekking Backpack 55 L", 149, 259, 1900},
                                                   {"Travel Backpack 70 L", 169, 289, 2200},
                                                   {"Hip Bag", 19, 45, 200},
                                                   {"Rain Cover", 15, 29, 110}});
constexpr auto sleeping = std::to_array<Article>({{"Summer Sleeping Bag", 59, 119, 900},
                                                  {"Winter Sleeping Bag", 149, 389, 1700},
                                                  {"Kids Sleeping Bag", 39, 79, 800},
                                                  {"Sleeping Mat", 29, 149, 500},
                                                  {"Travel Pillow", 15, 35, 150}});
constexpr auto shoes = std::to_array<Article>({{"Hiking Boots", 119, 249, 1300},
                                               {"Trail Running Shoes", 89, 159, 620},
                                               {"Approach Shoes", 99, 169, 800},
                                               {"Winter Boots", 109, 199, 1500},
                                               {"Sandals", 49, 99, 500},
                                               {"Hiking Socks", 12, 25, 80}});
constexpr auto jackets = std::to_array<Article>({{"Rain Jacket", 89, 249, 420},
                                                 {"Down Jacket", 149, 349, 450},
                                                 {"Softshell Jacket", 89, 179, 520},
                                                 {"Fleece Jacket", 49, 109, 380},
                                                 {"Windbreaker", 59, 119, 210}});
constexpr auto clothing = std::to_array<Article>({{"Hiking Trousers", 59, 129, 400},
                                                  {"Hiking Shorts", 39, 79, 260},
                                                  {"Merino Shirt", 49, 89, 180},
                                                  {"Base Layer", 39, 79, 200},
                                                  {"Gloves", 19, 59, 90},
                                                  {"Wool Hat", 15, 35, 70}});
constexpr auto bicycles = std::to_array<Article>({{"City Bike", 449, 899, 15500},
                                                  {"Trekking Bike", 699, 1499, 14500},
                                                  {"Mountain Bike", 799, 2299, 13500},
                                                  {"Electric Bike", 1799, 3699, 24000},
                                                  {"Kids Bike", 199, 399, 9000},
                                                  {"Bike Helmet", 39, 129, 320},
                                                  {"Bike Lock", 25, 89, 900}});
constexpr auto climbing = std::to_array<Article>({{"Climbing Rope 60 m", 119, 219, 3700},
                                                  {"Climbing Harness", 49, 109, 400},
                                                  {"Climbing Helmet", 49, 89, 280},
                                                  {"Climbing Shoes", 79, 159, 500},
                                                  {"Carabiner Set", 29, 79, 350},
                                                  {"Chalk Bag", 12, 29, 100}});
constexpr auto cooking = std::to_array<Article>({{"Gas Stove", 29, 119, 350},
                                                 {"Cooking Pot Set", 29, 89, 750},
                                                 {"Water Bottle", 12, 39, 180},
                                                 {"Thermos Flask", 25, 49, 420},
                                                 {"Camping Cutlery", 9, 25, 90},
                                                 {"Cool Box", 39, 149, 3800}});
constexpr auto lighting = std::to_array<Article>({{"Headlamp", 25, 99, 90},
                                                  {"Camping Lantern", 25, 69, 320},
                                                  {"Torch", 19, 79, 160},
                                                  {"Solar Charger", 49, 129, 400},
                                                  {"Bike Light Set", 25, 79, 150}});
constexpr auto navigation = std::to_array<Article>({{"GPS Device", 149, 499, 230},
                                                    {"Compass", 15, 59, 60},
                                                    {"GPS Watch", 149, 599, 60},
                                                    {"Altimeter", 59, 129, 80},
                                                    {"Binoculars", 79, 349, 600}});
constexpr auto water = std::to_array<Article>({{"Kayak", 349, 1099, 18000},
                                               {"Stand-up Paddle Board", 299, 799, 9500},
                                               {"Life Jacket", 49, 119, 700},
                                               {"Dry Bag 20 L", 19, 45, 300},
                                               {"Swim Goggles", 12, 35, 50}});
constexpr auto winter = std::to_array<Article>({{"Touring Skis", 399, 799, 3000},
                                                {"Snowshoes", 99, 229, 1900},
                                                {"Ski Poles", 39, 109, 480},
                                                {"Ski Helmet", 69, 179, 450},
                                                {"Ski Goggles", 39, 149, 130},
                                                {"Sledge", 49, 99, 4500}});
constexpr auto books = std::to_array<Article>({{"Hiking Guide", 17, 29, 350},
                                               {"Hiking Map", 9, 15, 100},
                                               {"Bike Touring Guide", 17, 29, 380},
                                               {"Climbing Guide", 25, 39, 450},
                                               {"Wild Camping Handbook", 15, 25, 400}});

constexpr auto categories = std::to_array<CategoryWords>({
    {"Tents", "Tents, tarps and what holds them", Season::summer, 60, tents},
    {"Backpacks", "Backpacks and bags for a day or a month", Season::all_year, 90, backpacks},
    {"Sleeping Bags", "Sleeping bags, mats and pillows", Season::summer, 70, sleeping},
    {"Footwear", "Boots, shoes, sandals and socks", Season::all_year, 150, shoes},
    {"Jackets", "Against rain, wind and cold", Season::winter, 110, jackets},
    {"Clothing", "Trousers, shirts and layers", Season::all_year, 150, clothing},
    {"Bicycles", "Bicycles, helmets and locks", Season::summer, 45, bicycles},
    {"Climbing", "Ropes, harnesses and hardware", Season::all_year, 50, climbing},
    {"Camp Kitchen", "Stoves, pots, bottles and boxes", Season::summer, 100, cooking},
    {"Lighting", "Lamps, lanterns and chargers", Season::gifts, 80, lighting},
    {"Navigation", "GPS devices, compasses, binoculars", Season::gifts, 40, navigation},
    {"Water Sports", "Kayaks, boards and dry bags", Season::summer, 45, water},
    {"Winter Sports", "Skis, snowshoes and sledges", Season::winter, 65, winter},
    {"Books & Maps", "Guides, maps and handbooks", Season::gifts, 95, books, true},
});

constexpr auto suppliers = std::to_array<SupplierWords>({
    {"Nordwand Outdoor GmbH", "Germany", "Munich", "sales@nordwand.example"},
    {"Fjellheim AB", "Sweden", "Gothenburg", "order@fjellheim.example"},
    {"Cascade Gear Ltd", "United Kingdom", "Leeds", "trade@cascadegear.example"},
    {"Dolomiti Sport S.r.l.", "Italy", "Bologna", "ordini@dolomitisport.example"},
    {"Atelier du Randonneur", "France", "Lyon", "contact@randonneur.example"},
    {"Gipfelglück AG", "Switzerland", "Lucerne", "bestellung@gipfelglueck.example"},
    {"Polder Bikes BV", "Netherlands", "Utrecht", "sales@polderbikes.example"},
    {"Tatra Textil", "Poland", "Kraków", "biuro@tatratextil.example"},
    {"Sierra Alta S.L.", "Spain", "Valencia", "pedidos@sierraalta.example"},
    {"Kystlinje ApS", "Denmark", "Aarhus", "salg@kystlinje.example"},
    {"Hochkar Bergsport", "Austria", "Graz", "office@hochkar.example"},
    {"Lumen & Co", "Belgium", "Ghent", "hello@lumenco.example"},
    {"Wegweiser Verlag", "Germany", "Leipzig", "vertrieb@wegweiser.example"},
    {"Blue Paddle", "United Kingdom", "Bristol", "sales@bluepaddle.example"},
    {"Stern Navigation", "Germany", "Hamburg", "info@sternnav.example"},
    {"Bivouac Frères", "France", "Toulouse", "pro@bivouac.example"},
    {"Pico Climbing", "Spain", "Madrid", "hola@picoclimbing.example"},
    {"Winterhart", "Austria", "Innsbruck", "kontakt@winterhart.example"},
    {"Trail & Stone", "United Kingdom", "Edinburgh", "orders@trailstone.example"},
    {"Velo Milano", "Italy", "Milan", "vendite@velomilano.example"},
});

constexpr auto lines = std::to_array<std::string_view>(
    {"Alpenglow", "Arctic",    "Basalt", "Birch",      "Boreal",    "Canyon",       "Cirrus",
     "Condor",    "Edelweiss", "Ember",  "Falcon",     "Fjord",     "Glacier",      "Granite",
     "Heather",   "Horizon",   "Ibex",   "Juniper",    "Lynx",      "Marmot Ridge", "Meridian",
     "Nimbus",    "Nomad",     "Otter",  "Pathfinder", "Peregrine", "Pine",         "Polaris",
     "Raven",     "Ridge",     "River",  "Sierra",     "Summit",    "Taiga",        "Tundra",
     "Vista",     "Wander",    "Zephyr"});

constexpr auto areas = std::to_array<std::string_view>(
    {"Bavaria", "Black Forest", "Brittany", "Catalonia",     "Corsica", "Dolomites",
     "Harz",    "Iceland",      "Jutland",  "Lake District", "Lapland", "Mallorca",
     "Masuria", "Norway",       "Provence", "Pyrenees",      "Saxony",  "Scotland",
     "Tatra",   "Tuscany",      "Tyrol",    "Vosges"});

}  // namespace

std::span<const CategoryWords> category_words() { return categories; }
std::span<const SupplierWords> supplier_words() { return suppliers; }
std::span<const std::string_view> product_lines() { return lines; }
std::span<const std::string_view> guide_areas() { return areas; }

}  // namespace idi::demo
