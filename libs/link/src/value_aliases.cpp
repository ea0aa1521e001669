#include "value_aliases.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace idi::link {
namespace {

/// One group a line, members divided by '|'.
constexpr std::string_view groups =
    "afghanistan|afghan|af|afg\n"
    "albania|albanian|al|alb\n"
    "algeria|algerian|dz|dza|alg\n"
    "angola|angolan|ao|ago\n"
    "argentina|argentine|argentinian|argentinean|ar|arg\n"
    "armenia|armenian|am|arm\n"
    "australia|australian|aussie|au|aus\n"
    "austria|austrian|at|aut\n"
    "azerbaijan|azerbaijani|az|aze\n"
    "bahrain|bahraini|bh|bhr|brn\n"
    "bangladesh|bangladeshi|bd|bgd\n"
    "belarus|belarusian|by|blr\n"
    "belgium|belgian|be|bel\n"
    "bolivia|bolivian|bo|bol\n"
    "bosnia and herzegovina|bosnia|bosnian|ba|bih\n"
    "brazil|brazilian|br|bra\n"
    "bulgaria|bulgarian|bg|bgr|bul\n"
    "cambodia|cambodian|kh|khm\n"
    "cameroon|cameroonian|cm|cmr\n"
    "canada|canadian|ca|can\n"
    "chile|chilean|cl|chl|chi\n"
    "china|chinese|people's republic of china|cn|chn|prc\n"
    "colombia|colombian|co|col\n"
    "costa rica|costa rican|cr|cri|crc\n"
    "croatia|croatian|croat|hr|hrv|cro\n"
    "cuba|cuban|cu|cub\n"
    "cyprus|cypriot|cy|cyp\n"
    "czech republic|czechia|czech|cz|cze\n"
    "denmark|danish|dane|dk|dnk|den\n"
    "dominican republic|dominican|do|dom\n"
    "ecuador|ecuadorian|ec|ecu\n"
    "egypt|egyptian|eg|egy\n"
    "el salvador|salvadoran|sv|slv\n"
    "england|english|eng\n"
    "estonia|estonian|ee|est\n"
    "ethiopia|ethiopian|et|eth\n"
    "fiji|fijian|fj|fji\n"
    "finland|finnish|finn|fi|fin\n"
    "france|french|frenchman|fr|fra\n"
    "georgia|georgian|ge|geo\n"
    "germany|german|de|deu|ger\n"
    "ghana|ghanaian|gh|gha\n"
    "greece|greek|gr|grc|gre\n"
    "guatemala|guatemalan|gt|gtm\n"
    "haiti|haitian|ht|hti\n"
    "honduras|honduran|hn|hnd\n"
    "hong kong|hk|hkg\n"
    "hungary|hungarian|hu|hun\n"
    "iceland|icelandic|icelander|is|isl\n"
    "india|indian|in|ind\n"
    "indonesia|indonesian|id|idn|ina\n"
    "iran|iranian|persian|ir|irn\n"
    "iraq|iraqi|iq|irq\n"
    "ireland|irish|ie|irl\n"
    "israel|israeli|il|isr\n"
    "italy|italian|it|ita\n"
    "ivory coast|ivorian|ci|civ\n"
    "jamaica|jamaican|jm|jam\n"
    "japan|japanese|jp|jpn\n"
    "jordan|jordanian|jo|jor\n"
    "kazakhstan|kazakh|kz|kaz\n"
    "kenya|kenyan|ke|ken\n"
    "kuwait|kuwaiti|kw|kwt|kuw\n"
    "laos|laotian|la|lao\n"
    "latvia|latvian|lv|lva|lat\n"
    "lebanon|lebanese|lb|lbn\n"
    "libya|libyan|ly|lby\n"
    "lithuania|lithuanian|lt|ltu\n"
    "luxembourg|lu|lux\n"
    "malaysia|malaysian|my|mys|mas\n"
    "malta|maltese|mt|mlt\n"
    "mexico|mexican|mx|mex\n"
    "moldova|moldovan|md|mda\n"
    "mongolia|mongolian|mn|mng\n"
    "morocco|moroccan|ma|mar\n"
    "myanmar|burma|burmese|mm|mmr\n"
    "nepal|nepalese|nepali|np|npl\n"
    "netherlands|dutch|holland|the netherlands|nl|nld|ned\n"
    "new zealand|new zealander|kiwi|nz|nzl\n"
    "nicaragua|nicaraguan|ni|nic\n"
    "nigeria|nigerian|ng|nga\n"
    "north korea|north korean|kp|prk\n"
    "norway|norwegian|no|nor\n"
    "pakistan|pakistani|pk|pak\n"
    "panama|panamanian|pa|pan\n"
    "paraguay|paraguayan|py|pry|par\n"
    "peru|peruvian|pe|per\n"
    "philippines|philippine|filipino|ph|phl|phi\n"
    "poland|polish|pole|pl|pol\n"
    "portugal|portuguese|pt|prt|por\n"
    "puerto rico|puerto rican|pr|pri|pur\n"
    "qatar|qatari|qa|qat\n"
    "romania|romanian|ro|rou|rom\n"
    "russia|russian|russian federation|ru|rus\n"
    "saudi arabia|saudi|saudi arabian|sa|sau|ksa\n"
    "scotland|scottish|scot|sco\n"
    "senegal|senegalese|sn|sen\n"
    "serbia|serbian|serb|rs|srb\n"
    "singapore|singaporean|sg|sgp|sin\n"
    "slovakia|slovak|sk|svk\n"
    "slovenia|slovenian|slovene|si|svn|slo\n"
    "south africa|south african|za|zaf|rsa\n"
    "south korea|south korean|korea|korean|republic of korea|kr|kor\n"
    "spain|spanish|spaniard|es|esp|spa\n"
    "sri lanka|sri lankan|lk|lka|sri\n"
    "sweden|swedish|swede|se|swe\n"
    "switzerland|swiss|ch|che|sui\n"
    "syria|syrian|sy|syr\n"
    "taiwan|taiwanese|tw|twn|tpe\n"
    "tanzania|tanzanian|tz|tza\n"
    "thailand|thai|th|tha\n"
    "tunisia|tunisian|tn|tun\n"
    "turkey|turkish|turk|tr|tur\n"
    "uganda|ugandan|ug|uga\n"
    "ukraine|ukrainian|ua|ukr\n"
    "united arab emirates|emirati|uae|ae|are\n"
    "united kingdom|uk|british|great britain|britain|u.k.|gb|gbr\n"
    "united states|united states of america|usa|us|u.s.|u.s.a.|american|america|the united states\n"
    "uruguay|uruguayan|uy|ury|uru\n"
    "uzbekistan|uzbek|uz|uzb\n"
    "venezuela|venezuelan|ve|ven\n"
    "vietnam|vietnamese|vn|vnm|vie\n"
    "wales|welsh|wal\n"
    "yemen|yemeni|ye|yem\n"
    "zambia|zambian|zm|zmb\n"
    "zimbabwe|zimbabwean|zw|zwe|zim\n"
    "africa|african\n"
    "asia|asian\n"
    "europe|european\n"
    "north america|north american\n"
    "south america|south american\n"
    "oceania|oceanian\n"
    "male|m|man|men|boy|boys|males|masculine\n"
    "female|f|woman|women|girl|girls|females|feminine|lady|ladies\n"
    "true|t|yes|y|1\n"
    "false|f|no|n|0\n"
    "monday|mon\ntuesday|tue|tues\nwednesday|wed\nthursday|thu|thurs\nfriday|fri\n"
    "saturday|sat\nsunday|sun\n"
    "january|jan\nfebruary|feb\nmarch|mar\napril|apr\njune|jun\njuly|jul\naugust|aug\n"
    "september|sep|sept\noctober|oct\nnovember|nov\ndecember|dec\n"
    "doctor|dr\nprofessor|prof\nmister|mr\nassistant|asst\n"
    "alabama|al\nalaska|ak\narizona|az\narkansas|ar\ncalifornia|ca|calif\ncolorado|co\n"
    "connecticut|ct\ndelaware|de\nflorida|fl\ngeorgia|ga\nhawaii|hi\nidaho|id\nillinois|il\n"
    "indiana|in\niowa|ia\nkansas|ks\nkentucky|ky\nlouisiana|la\nmaine|me\nmaryland|md\n"
    "massachusetts|ma|mass\nmichigan|mi\nminnesota|mn\nmississippi|ms\nmissouri|mo\nmontana|mt\n"
    "nebraska|ne\nnevada|nv\nnew hampshire|nh\nnew jersey|nj\nnew mexico|nm\nnew york|ny|nyc\n"
    "north carolina|nc\nnorth dakota|nd\nohio|oh\noklahoma|ok\noregon|or\npennsylvania|pa\n"
    "rhode island|ri\nsouth carolina|sc\nsouth dakota|sd\ntennessee|tn\ntexas|tx\nutah|ut\n"
    "vermont|vt\nvirginia|va\nwashington|wa\nwest virginia|wv\nwisconsin|wi\nwyoming|wy\n"
    "new york city|nyc|new york\nlos angeles|la|l.a.\nsan francisco|sf\nwashington dc|dc\n"
    "kilometer|km\nkilogram|kg\nuniversity|univ\n"
    "first|1st\nsecond|2nd\nthird|3rd\n";

using Aliases = std::unordered_map<std::string_view, std::vector<std::string_view>>;

Aliases build() {
  Aliases aliases;
  std::string_view rest = groups;
  while (!rest.empty()) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    std::vector<std::string_view> members;
    while (!line.empty()) {
      members.push_back(line.substr(0, line.find('|')));
      line.remove_prefix(std::min(line.size(), members.back().size() + 1));
    }
    for (const std::string_view member : members) {
      for (const std::string_view other : members) {
        if (other != member) aliases[member].push_back(other);
      }
    }
  }
  return aliases;
}

}  // namespace

std::vector<std::string_view> aliases_of(std::string_view lower_phrase) {
  static const Aliases aliases = build();
  const auto found = aliases.find(lower_phrase);
  return found == aliases.end() ? std::vector<std::string_view>{} : found->second;
}

}  // namespace idi::link
