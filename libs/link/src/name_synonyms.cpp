#include "name_synonyms.hpp"

#include <algorithm>
#include <deque>
#include <string>
#include <unordered_map>

#include "idi/link/linker.hpp"

namespace idi::link {
namespace {

/// One group a line, members divided by '|'. A word may stand in several groups.
constexpr std::string_view groups =
    // people
    "person|people|individual|human\n"
    "name|title|called|named\n"
    "first name|forename|given name|fname\n"
    "last name|surname|family name|lname\n"
    "full name|name|complete name\n"
    "nickname|alias|monicker|moniker\n"
    "sex|gender\n"
    "nationality|country|citizenship|national\n"
    "hometown|home town|birthplace|birth place|native place\n"
    "birth date|date of birth|birthday|birth\n"
    "employee|staff|worker|personnel|employed|workforce\n"
    "manager|head|boss|supervisor|leader|director|chief\n"
    "customer|client|buyer|shopper|consumer|purchaser\n"
    "user|member|account holder|participant\n"
    "teacher|instructor|professor|lecturer|faculty|tutor|educator\n"
    "student|pupil|learner|undergraduate\n"
    "doctor|physician\n"
    "patient|sick person|sick people\n"
    "author|writer\n"
    "artist|singer|musician|performer\n"
    "singer|vocalist\n"
    "actor|actress|cast|performer\n"
    "player|athlete|sportsman\n"
    "driver|racer|chauffeur\n"
    "owner|holder|proprietor\n"
    "host|organizer|presenter\n"
    "visitor|guest|tourist|attendee\n"
    "friend|buddy|companion\n"
    "candidate|applicant|nominee\n"
    "politician|representative|senator\n"
    "child|kid|son|daughter|children\n"
    "parent|father|mother\n"
    "spouse|husband|wife|married|marriage\n"
    "engineer|technician|mechanic\n"
    "supplier|vendor|provider\n"
    "manufacturer|maker|producer|brand|made by\n"
    "founder|establisher|creator\n"
    "winner|champion|victor\n"
    // organisations
    "company|firm|enterprise|business|corporation|organization|organisation\n"
    "organization|organisation|institution|agency\n"
    "department|division|unit|section|branch\n"
    "branch|store|shop|outlet\n"
    "store|shop|market\n"
    "school|college|university|institute|academy\n"
    "campus|university|college\n"
    "team|club|squad\n"
    "band|group|orchestra|ensemble\n"
    "party|political party\n"
    "airline|carrier|airways\n"
    "government|administration\n"
    "hospital|clinic\n"
    // places
    "city|town|municipality|place\n"
    "country|nation|land\n"
    "state|province\n"
    "county|district|region|area\n"
    "region|area|zone|territory\n"
    "location|place|site|position|spot\n"
    "address|location|residence|street\n"
    "street|road|avenue\n"
    "building|house|property\n"
    "apartment|flat\n"
    "room|suite|classroom|class room|chamber\n"
    "dorm|dormitory|hall\n"
    "venue|stadium|arena|place\n"
    "stadium|arena|field|ground\n"
    "station|stop|terminal\n"
    "airport|airfield\n"
    "hotel|inn|lodging\n"
    "restaurant|eatery|diner\n"
    "museum|gallery\n"
    "headquarters|head office|main office|head quarter\n"
    "capital|capital city\n"
    "continent|part of the world\n"
    "zip code|postal code|postcode|zip\n"
    // contact
    "phone|telephone|mobile|cell|cellphone|phone number|mobile number\n"
    "email|e mail|mail|email address\n"
    "website|web site|url|homepage|web page\n"
    "fax|fax number\n"
    // time
    "year|date\n"
    "date|day|time\n"
    "month|monthly\n"
    "duration|length|how long|time\n"
    "start|begin|beginning|starting\n"
    "end|finish|ending\n"
    "age|old|years old|how old\n"
    "season|year\n"
    "founded|established|opened|created|built|open\n"
    "release|publish|publication|issue|come out|publishing\n"
    "hire|employ|recruit|join\n"
    // quantities
    "number|count|quantity|amount|total\n"
    "total|sum|overall\n"
    "price|cost|charge|fee|worth\n"
    "cost|price|expense|expensive|fee\n"
    "amount|value|sum|money\n"
    "salary|wage|pay|earnings|income|paid\n"
    "budget|fund|funding|money\n"
    "revenue|sales|income|turnover\n"
    "profit|earnings|gain\n"
    "sale|purchase|sold|sales\n"
    "population|inhabitants|residents|number of people\n"
    "size|area|capacity\n"
    "capacity|seating|seats|seat|size\n"
    "attendance|audience|attendees|visitors|spectators|visits\n"
    "height|tall|altitude|elevation\n"
    "weight|mass|heavy\n"
    "speed|velocity|fast\n"
    "distance|length|far|mileage\n"
    "percentage|percent|share|ratio|rate|proportion\n"
    "rate|rating|ratio\n"
    "rating|score|stars|star|grade|rank\n"
    "score|points|point|mark|result\n"
    "rank|ranking|position|place\n"
    "level|grade|rank|tier\n"
    "grade|mark|score\n"
    "grade point average|gpa|average grade\n"
    "horsepower|power\n"
    "temperature|degrees|heat\n"
    "stock|inventory|supply\n"
    "discount|reduction|sale\n"
    "balance|savings|saving\n"
    "vote|ballot\n"
    // things
    "product|item|goods|merchandise|article|good\n"
    "order|purchase\n"
    "order items|order lines|order details\n"
    "invoice|bill|receipt\n"
    "payment|pay|settlement\n"
    "transaction|deal|transfer\n"
    "account|bank account\n"
    "card|credit card\n"
    "loan|credit|borrow|mortgage\n"
    "car|vehicle|automobile|auto\n"
    "aircraft|plane|airplane|aeroplane|jet|helicopter\n"
    "flight|route|trip\n"
    "ship|boat|vessel\n"
    "train|railway\n"
    "bike|bicycle|cycle\n"
    "trip|journey|ride|travel|tour\n"
    "origin|source|departure|start\n"
    "destination|arrival|target\n"
    "movie|film|picture\n"
    "song|track|music|tune\n"
    "album|record|cd|disc\n"
    "genre|style|type|kind\n"
    "concert|show|performance|gig\n"
    "show|program|programme|series\n"
    "channel|station|network\n"
    "book|novel|publication\n"
    "paper|article|publication\n"
    "journal|magazine|periodical\n"
    "document|file|record|paper\n"
    "image|picture|photo|photograph\n"
    "game|match\n"
    "match|game|contest|competition|bout\n"
    "competition|contest|tournament|championship|event\n"
    "event|activity|happening|occasion\n"
    "race|competition|run\n"
    "sport|discipline\n"
    "award|prize|honor|medal|trophy\n"
    "course|class|subject|curriculum|lesson|module\n"
    "class|section|course\n"
    "major|field of study|subject|specialization\n"
    "degree|diploma|qualification\n"
    "enrollment|enrolment|registration|enrolled|number of students\n"
    "exam|test|examination\n"
    "job|position|occupation|profession|role|work|career\n"
    "role|function|duty\n"
    "skill|ability|talent\n"
    "project|program|undertaking\n"
    "task|assignment|job\n"
    "policy|insurance\n"
    "claim|request\n"
    "complaint|problem|issue\n"
    "problem|issue|fault|trouble\n"
    "disease|illness|sickness|condition\n"
    "treatment|therapy|procedure|cure\n"
    "medicine|medication|drug\n"
    "appointment|visit|meeting|booking\n"
    "booking|reservation\n"
    "animal|pet\n"
    "pet|animal\n"
    "breed|species|kind\n"
    "food|dish|meal|cuisine\n"
    "drink|beverage\n"
    "wine|alcoholic drink\n"
    "device|machine|equipment|gadget\n"
    "part|component|piece\n"
    "software|program|application|app\n"
    "language|tongue\n"
    "religion|faith|belief\n"
    "color|colour\n"
    "mountain|peak|hill\n"
    "river|stream\n"
    "storm|hurricane|typhoon\n"
    "weather|climate\n"
    // descriptions
    "type|kind|category|sort|class|style\n"
    "category|class|group|kind\n"
    "model|version|make\n"
    "code|identifier|abbreviation|symbol|id\n"
    "id|identifier|identification|code|key\n"
    "status|condition|situation\n"
    "description|detail|explanation|information\n"
    "detail|information|description|particulars\n"
    "information|data|facts\n"
    "comment|remark|note|review\n"
    "review|rating|comment|feedback\n"
    "title|heading|headline\n"
    "theme|topic|subject\n"
    "content|text|body\n"
    "result|outcome|score\n"
    "reason|cause\n"
    "method|way|means|mode\n"
    "relationship|relation|connection\n"
    "gender|male|female|man|woman\n";

class Table {
 public:
  Table() {
    std::string_view rest = groups;
    while (!rest.empty()) {
      std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      std::vector<std::string_view> members;
      while (!line.empty()) {
        const std::string_view member = line.substr(0, line.find('|'));
        line.remove_prefix(std::min(line.size(), member.size() + 1));
        members.push_back(stems_of(member));
      }
      for (const std::string_view member : members) {
        auto& others = synonyms_[member];
        for (const std::string_view other : members) {
          if (other != member) others.push_back(other);
        }
        std::sort(others.begin(), others.end());
        others.erase(std::unique(others.begin(), others.end()), others.end());
      }
    }
  }

  [[nodiscard]] const std::vector<std::string_view>& of(std::string_view key) const {
    static const std::vector<std::string_view> none;
    const auto found = synonyms_.find(key);
    return found == synonyms_.end() ? none : found->second;
  }

 private:
  std::string_view stems_of(std::string_view words) {
    std::string key;
    for (const QuestionToken& token : tokenize(words)) {
      if (!key.empty()) key += ' ';
      key += token.stem;
    }
    return keys_.emplace_back(std::move(key));
  }

  std::deque<std::string> keys_;  ///< What the views look at: a deque does not move its strings.
  std::unordered_map<std::string_view, std::vector<std::string_view>> synonyms_;
};

}  // namespace

const std::vector<std::string_view>& name_synonyms_of(std::string_view stem_key) {
  static const Table table;
  return table.of(stem_key);
}

}  // namespace idi::link
