#include "invent_words.hpp"

#include <array>

namespace idi::synth {
namespace {

constexpr auto all_businesses = std::to_array<Business>({
    {"{customer|client|buyer|shopper}", "{employee|clerk|seller|sales rep|staff member}",
     "{store|branch|outlet|market}", "{product|article|item}",
     "{category|department|product line|product group}", "{supplier|vendor|manufacturer|brand}",
     "{order|purchase|sale|sales order}",
     "{order date|ordered on|placed on|purchase date|sold at|sale date|placed at|date|ordered}",
     "{order item|order detail|sale item|purchase item|order position|basket item}",
     "{refund|complaint|return|claim|review|exchange}",
     "{date|received on|filed on|created at|return date|reported on}",
     "lamp,chair,kettle,blanket,mug,clock,mirror,shelf,basket,vase,desk,pillow",
     "Kitchen,Living Room,Garden,Office,Bedroom,Bath,Toys,Decoration"},
    {"{reader|member|borrower}", "{librarian|employee|assistant}", "{library|branch|reading room}",
     "{book|volume|title}", "{genre|subject|section}", "{publisher|publishing house}",
     "{loan|checkout|borrowing}", "{loaned on|loan date|borrowed on|date|checked out at}", "",
     "{fine|reservation|reminder}", "{issued on|date|created on}",
     "History,Atlas,Garden,Voyage,Winter,Letters,Secret,Island,River,Orchard",
     "Fiction,Travel,Science,Poetry,Cooking,Biography,Crime"},
    {"{patient|client}", "{doctor|physician|therapist|nurse}", "{clinic|practice|hospital}",
     "{treatment|procedure|service|therapy}", "{specialty|field|department}",
     "{insurer|laboratory}", "{appointment|visit|consultation}",
     "{appointment date|visit date|scheduled for|date|held on}",
     "{treatment item|bill item|service line}", "{payment|prescription|complaint}",
     "{date|issued on|paid on|written on}",
     "massage,check-up,vaccination,x-ray,cleaning,scan,consultation,bandage",
     "Cardiology,Dentistry,Orthopaedics,Dermatology,Paediatrics"},
    {"{guest|customer|traveller}", "{receptionist|employee|host}", "{hotel|house|resort|hostel}",
     "{room|suite|apartment}", "{room type|class|standard}", "", "{booking|reservation|stay}",
     "{booked on|booking date|reserved at|reservation date|created at}", "",
     "{cancellation|review|complaint}", "{date|written on|cancelled on|received on}",
     "Rose,Lake,Tower,Garden,Maple,Harbour,Corner,Terrace", "Single,Double,Family,Deluxe,Studio"},
    {"{member|customer|athlete}", "{trainer|coach|instructor}", "{studio|gym|club}",
     "{course|class|programme}", "{level|discipline|sport}", "", "{booking|enrolment|registration}",
     "{booked on|enrolled on|registration date|date|signed up at}", "",
     "{payment|cancellation|rating}", "{paid on|date|cancelled on|created at}",
     "Yoga,Boxing,Rowing,Dance,Pilates,Judo,Spinning,Stretching",
     "Beginner,Advanced,Kids,Strength"},
    {"{guest|customer|diner}", "{waiter|employee|cook|server}", "{restaurant|location|cafe}",
     "{dish|meal|menu item}", "{cuisine|course|menu section}", "{supplier|wholesaler|farm}",
     "{order|bill|check}", "{ordered at|order time|date|served on|created at|bill date}",
     "{order item|bill item|order position|order dish}", "{complaint|rating|tip|review}",
     "{date|given on|left on|created at}",
     "soup,salad,pasta,curry,pie,stew,pancakes,risotto,burger,omelette",
     "Starters,Mains,Desserts,Drinks,Specials"},
    {"{customer|driver|renter|client}", "{mechanic|agent|employee|technician}",
     "{station|garage|workshop|branch}", "{car|vehicle|van|bike}", "{class|model|vehicle type}",
     "{manufacturer|brand|maker}", "{rental|repair|hire}",
     "{rented on|rental date|start date|picked up on|repair date|date}", "",
     "{damage|claim|inspection}", "{reported on|date|inspected on}",
     "Falcon,Comet,Breeze,Pioneer,Scout,Arrow,Nimbus,Drift", "Compact,Estate,Van,Luxury,Electric"},
    {"{student|learner|pupil}", "{teacher|lecturer|tutor}", "{school|campus|centre}",
     "{course|module|lesson}", "{subject|faculty|programme}", "{textbook publisher|partner}",
     "{enrolment|registration|sign-up}", "{enrolled on|registered on|enrolment date|date}", "",
     "{exam|certificate|payment|complaint}", "{taken on|issued on|date|paid on}",
     "Algebra,Painting,Spanish,Botany,Logic,Ceramics,Grammar,Statistics",
     "Arts,Languages,Science,Economics"},
    {"{visitor|customer|subscriber|fan}", "{agent|employee|usher}", "{venue|theatre|hall|cinema}",
     "{show|concert|film|performance}", "{genre|series|kind}", "{studio|label|producer}",
     "{ticket sale|booking|purchase}", "{sold on|sale date|booked at|purchase date|date}",
     "{ticket|seat|sale item}", "{refund|review|rating}",
     "{date|refunded on|written on|created at}",
     "Aurora,Carousel,Midnight,Lanterns,Mosaic,Echo,Harvest,Voyager",
     "Drama,Comedy,Jazz,Opera,Rock,Documentary"},
    {"{account|user|client|subscriber}", "{agent|consultant|account manager|developer}",
     "{office|region|site}", "{plan|licence|module|app}", "{product family|edition|tier}",
     "{vendor|partner}", "{subscription|contract|invoice}",
     "{started on|start date|signed on|issued on|invoice date|created at|billed on}",
     "{invoice item|charge|position}", "{ticket|refund|cancellation}",
     "{opened at|date|created on|closed on}",
     "Backup,Monitor,Mailbox,Archive,Sync,Editor,Planner,Vault", "Basic,Team,Enterprise,Free"},
    {"{client|sender|shipper|customer}", "{driver|courier|dispatcher}", "{depot|warehouse|hub}",
     "{article|goods|material|part}", "{goods class|material group|freight type}",
     "{carrier|manufacturer|supplier}", "{shipment|delivery|consignment|delivery order}",
     "{sent on|shipment date|dispatched at|order date|date|created at}",
     "{package|shipment item|delivery line|consignment position}", "{claim|return|damage report}",
     "{filed on|date|returned on|reported at}",
     "bolts,pallets,cables,pipes,panels,motors,filters,valves",
     "Metals,Electronics,Textiles,Paper"},
    {"{donor|supporter|sponsor}", "{volunteer|employee|coordinator}", "{office|chapter|region}",
     "{project|campaign|programme}", "{cause|theme|area}", "{partner|foundation}",
     "{donation|gift|contribution}", "{donated on|donation date|received on|given on|date}", "",
     "{receipt|letter|refund}", "{issued on|sent on|date}",
     "Wells,Forests,Schools,Reefs,Shelters,Kitchens,Bridges", "Health,Nature,Education,Relief"},
    {"{customer|buyer|wholesaler|retailer}", "{worker|employee|grower}",
     "{farm|vineyard|orchard|market}", "{wine|crop|plant|product|cheese}",
     "{variety|grape|family|kind}", "{nursery|grower|cellar}", "{order|sale|delivery}",
     "{order date|sold on|ordered on|sale date|date}", "{order item|crate|sale line|delivery item}",
     "{complaint|tasting|return}", "{date|held on|received on|returned on}",
     "Riesling,Pinot,Cider,Gouda,Apricot,Basil,Squash,Walnut", "Red,White,Fruit,Herbs,Hard,Soft"},
    {"{tenant|policyholder|holder|client}", "{agent|broker|advisor}", "{agency|office|branch}",
     "{policy|flat|property|contract type}", "{policy type|line|property type|district}",
     "{insurer|owner|developer}", "{contract|agreement|lease}",
     "{signed on|signing date|start date|contract date|concluded on}", "",
     "{claim|payment|viewing}", "{filed on|paid on|date|claim date|payment date}",
     "Home,Garden,Shield,Harbour,Skyline,Meadow,Bridge,Station", "Travel,Life,Property,Car,Legal"},
});

constexpr auto all_first = std::to_array<std::string_view>(
    {"Ada",  "Bruno",  "Carla", "Diego", "Elsa", "Felix", "Greta", "Hugo",   "Irene", "Jonas",
     "Kira", "Leo",    "Mina",  "Nils",  "Olga", "Pablo", "Quinn", "Rosa",   "Sam",   "Tara",
     "Uma",  "Viktor", "Wanda", "Yusuf", "Zoe",  "Amir",  "Bella", "Cedric", "Daria", "Emil"});
constexpr auto all_last = std::to_array<std::string_view>(
    {"Abel",   "Bianchi",  "Castro", "Dubois", "Eriksen", "Fontaine", "Garcia", "Holm",  "Ivanov",
     "Jansen", "Kowalski", "Lopez",  "Moreau", "Novak",   "Olsen",    "Petit",  "Quist", "Rossi",
     "Silva",  "Tanaka",   "Ueda",   "Vargas", "Weiss",   "Young",    "Zeller", "Ahmed", "Brooks"});
constexpr auto all_cities = std::to_array<City>(
    {{"Madrid", "Spain"},       {"Porto", "Portugal"}, {"Oslo", "Norway"},
     {"Turku", "Finland"},      {"Prague", "Czechia"}, {"Gdansk", "Poland"},
     {"Boston", "USA"},         {"Denver", "USA"},     {"Toronto", "Canada"},
     {"Osaka", "Japan"},        {"Mumbai", "India"},   {"Nairobi", "Kenya"},
     {"Lima", "Peru"},          {"Quito", "Ecuador"},  {"Sydney", "Australia"},
     {"Dublin", "Ireland"},     {"Athens", "Greece"},  {"Riga", "Latvia"},
     {"Geneva", "Switzerland"}, {"Naples", "Italy"},   {"Nantes", "France"},
     {"Dresden", "Germany"},    {"Ankara", "Turkey"},  {"Seoul", "South Korea"}});
constexpr auto all_epithets = std::to_array<std::string_view>(
    {"Blue", "Grand", "Little", "Royal", "North", "Classic", "Silver", "Golden", "Swift", "Quiet",
     "Old", "Bright", "Urban", "Wild", "Fresh", "Royal", "Solar", "Prime"});

}  // namespace

std::span<const Business> businesses() { return all_businesses; }
std::span<const std::string_view> first_names() { return all_first; }
std::span<const std::string_view> last_names() { return all_last; }
std::span<const City> cities() { return all_cities; }
std::span<const std::string_view> epithets() { return all_epithets; }

}  // namespace idi::synth
