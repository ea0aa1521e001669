#include "word_roles.hpp"

#include <algorithm>
#include <array>

namespace idi::synth {
namespace {

/// Calls `test` for each blank-separated word; true if it is for one.
template <typename Test>
bool any_word(std::string_view words, const Test& test) {
  while (!words.empty()) {
    const std::size_t blank = words.find(' ');
    if (test(words.substr(0, blank))) return true;
    if (blank == std::string_view::npos) break;
    words.remove_prefix(blank + 1);
  }
  return false;
}

bool has_stem(std::string_view phrase, std::string_view stems) {
  return any_word(phrase, [stems](std::string_view word) {
    return any_word(stems, [word](std::string_view stem) { return word.starts_with(stem); });
  });
}

bool has_word(std::string_view phrase, std::string_view words) {
  return any_word(phrase, [words](std::string_view word) {
    return any_word(words, [word](std::string_view each) {
      return word == each ||
             (word.size() == each.size() + 1 && word.starts_with(each) && word.back() == 's');
    });
  });
}

constexpr auto date_verbs = std::to_array<DateVerb>({
    {"birth born dob", "born", "were born"},
    {"death died", "who died", "died"},
    {"hire hiring employ", "{hired|taken on|employed}",
     "{were hired|started working|were taken on}"},
    {"join", "{who joined|that joined}", "{joined|became members|came to us}"},
    {"regist signup enrol", "{registered|signed up|who signed up|that registered}",
     "{registered|signed up|enrolled}"},
    {"ship dispatch sent send", "{shipped|dispatched|sent out|sent}",
     "{were shipped|were dispatched|were sent out|left}"},
    {"deliver arriv", "{delivered|that arrived}", "{were delivered|arrived}"},
    {"open found establish inaugur", "{opened|founded|that opened}",
     "{opened|were opened|were founded}"},
    {"paid pay settle", "{paid|settled}", "{were paid|were settled}"},
    {"return", "{returned|brought back|sent back}", "{were returned|came back|were brought back}"},
    {"publish releas launch introduc premier",
     "{released|published|launched|introduced|that came out}",
     "{came out|were released|were launched|were introduced|were published}"},
    {"bill invoic issu", "{billed|issued|invoiced}", "{were billed|were issued}"},
    {"book reserv", "{booked|reserved|made}", "{were booked|were made|were reserved}"},
    {"rent loan borrow lent", "{rented|lent out|borrowed}",
     "{were rented|were lent out|were borrowed}"},
    {"bought purchas sold sale", "{bought|sold|made}", "{were bought|were sold|were made}"},
    {"order placed", "{ordered|placed|made}", "{were placed|were ordered|came in|were made}"},
    {"cancel", "cancelled", "were cancelled"},
    {"clos end terminat expir", "{closed|that ended}", "{ended|closed|were closed}"},
    {"leav left quit", "{who left|that left}", "{left|quit}"},
    {"start begin", "{that started|that began}", "{started|began}"},
    {"donat given", "{given|made}", "{were given|were made}"},
    {"receiv", "received", "{were received|came in}"},
    {"creat added", "{created|added}", "{were created|were added}"},
    {"due", "due", "{were due|fell due}"},
    {"complet finish", "{completed|finished}", "{were completed|were finished}"},
});

constexpr std::array all_adjectives{
    Adjectives{"age", "oldest", "youngest", "older than", "younger than"},
    Adjectives{"price cost fee", "most expensive", "cheapest", "more expensive than",
               "cheaper than"},
    Adjectives{"weight", "heaviest", "lightest", "heavier than", "lighter than"},
    Adjectives{"height elevation", "tallest", "shortest", "taller than", "shorter than"},
    Adjectives{"length duration runtime", "longest", "shortest", "longer than", "shorter than"},
    Adjectives{"size area capacity population enrollment", "largest", "smallest", "larger than",
               "smaller than"},
    Adjectives{"salary income", "best paid", "worst paid", "paid more than", "paid less than"},
    Adjectives{"rating score points", "best", "worst", "better than", "worse than"},
    Adjectives{"speed", "fastest", "slowest", "faster than", "slower than"}};

struct Deed {
  std::string_view stems, participle;
};
constexpr auto deeds = std::to_array<Deed>({
    {"return", "returned"},
    {"refund", "refunded"},
    {"complain", "complained about"},
    {"review", "reviewed"},
    {"rating", "rated"},
    {"order", "ordered"},
    {"sale invoice receipt", "sold"},
    {"purchas", "{bought|purchased}"},
    {"loan", "{lent out|borrowed}"},
    {"booking", "booked"},
    {"reserv", "{reserved|booked}"},
    {"rent", "rented"},
    {"repair", "repaired"},
    {"deliver shipment", "delivered"},
    {"inspect", "inspected"},
    {"visit", "visited"},
    {"prescri", "prescribed"},
});

struct Doing {
  std::string_view parent, child, past;  ///< Stems; no child: any.
};
constexpr auto doings = std::to_array<Doing>({
    {"employee staff clerk seller agent rep receptionist librarian worker broker advisor "
     "consultant",
     "customer client member patient tenant guest student account",
     "{supports|looks after|takes care of|serves|is responsible for}"},
    {"employee staff clerk seller agent rep receptionist librarian worker broker advisor "
     "consultant",
     "", "{handled|processed|took care of|dealt with|was responsible for}"},
    {"customer client buyer shopper guest patient member tenant account",
     "order purchase booking reservation appointment sale invoice", "{placed|made|had}"},
    {"member reader", "loan", "{had|took out}"},
    {"author writer", "", "{wrote|published}"},
    {"doctor physician nurse vet", "", "{had|handled|took care of}"},
    {"teacher lecturer trainer instructor coach", "", "{taught|gave|had}"},
    {"driver courier", "", "{drove|made|handled}"},
    {"mechanic technician", "", "{did|handled|carried out}"},
    {"supplier vendor manufacturer maker producer wholesaler", "",
     "{supplies|delivers|provides|makes}"},
    {"publisher label", "", "{published|brought out}"},
    {"donor", "", "{made|gave}"},
    {"waiter cook", "", "{served|handled}"},
});

constexpr std::string_view customer_stems =
    "customer client buyer shopper guest patient member tenant donor student reader passenger "
    "subscriber visitor account holder";
constexpr std::string_view staff_stems =
    "employee staff clerk seller agent rep receptionist librarian worker broker advisor consultant "
    "doctor nurse teacher lecturer trainer instructor driver courier mechanic technician waiter "
    "cook volunteer";

}  // namespace

bool ends_with_word(std::string_view phrase, std::string_view words) {
  const std::size_t cut = phrase.rfind(' ');
  const std::string_view last = cut == std::string_view::npos ? phrase : phrase.substr(cut + 1);
  return any_word(words, [last](std::string_view word) { return word == last; });
}

std::span<const Adjectives> adjectives() { return all_adjectives; }

bool is_quantity(std::string_view name) {
  return ends_with_word(name, "quantity qty units amount pieces");
}
bool is_price(std::string_view name) { return ends_with_word(name, "price cost rate"); }

bool is_amount(std::string_view name) {
  constexpr std::string_view sides =
      "tax vat shipping delivery freight discount tip fee deposit refund cost budget loss goal "
      "item";
  return !has_word(name, sides) &&
         (ends_with_word(name,
                         "total amount revenue sales turnover payment paid subtotal value proceeds "
                         "sum charged") ||
          name == "total price" || name == "gross" || name == "total gross");
}

bool is_own_cost(std::string_view name) {
  return name == "cost" || name == "purchase price" || name == "unit cost" ||
         name == "cost price" || name == "buying price" || name == "wholesale price";
}

bool is_life_date(std::string_view name) { return has_stem(name, "birth born dob death died"); }

bool is_side_date(std::string_view name, std::string_view table) {
  constexpr std::string_view sides =
      "end ship dispatch sent deliver return clos update modif due expir leav left cancel last "
      "paid "
      "settle complet finish terminat checkout out";
  const bool side = any_word(sides, [name](std::string_view stem) { return has_stem(name, stem); });
  // The date of return is a return's own.
  return side && !any_word(sides, [name, table](std::string_view stem) {
           return has_stem(name, stem) && has_stem(table, stem);
         });
}

const DateVerb* date_verb_of(std::string_view name) {
  const auto found =
      std::find_if(date_verbs.begin(), date_verbs.end(),
                   [name](const DateVerb& verb) { return has_stem(name, verb.stems); });
  return found == date_verbs.end() ? nullptr : &*found;
}

std::optional<std::string_view> deed_of(std::string_view table) {
  for (const Deed& deed : deeds) {
    if (has_stem(table, deed.stems)) return deed.participle;
  }
  return std::nullopt;
}

std::optional<std::string_view> doing_of(std::string_view table, std::string_view child) {
  for (const Doing& doing : doings) {
    const bool fits = doing.child.empty() || has_stem(child, doing.child);
    if (fits && has_stem(table, doing.parent)) return doing.past;
  }
  return std::nullopt;
}

bool is_person(std::string_view table) {
  return is_customer(table) || is_staff(table) ||
         has_stem(table, "person people author artist singer player user");
}
bool is_customer(std::string_view table) { return has_stem(table, customer_stems); }
bool is_staff(std::string_view table) { return has_stem(table, staff_stems); }
bool is_workplace(std::string_view table) {
  return has_stem(table,
                  "store branch shop office clinic hotel restaurant garage workshop school campus "
                  "depot warehouse studio gym department company outlet market hospital station "
                  "agency vineyard location venue practice librar");
}
bool is_place_column(std::string_view name) {
  return ends_with_word(name, "city country town region state nationality hometown") &&
         !has_stem(name, "code");
}
bool is_status(std::string_view name) {
  return ends_with_word(name, "status state condition outcome progress");
}

std::string_view adjective_of(std::string_view name) {
  for (const std::string_view prefix : {"is ", "was "}) {
    if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  }
  const bool fits = name.ends_with("ed") || name.ends_with("able") || name.ends_with("ive") ||
                    name.ends_with("ible") || name == "vip" || name == "open" || name == "new";
  return fits && name.find(' ') == std::string_view::npos ? name : std::string_view{};
}

}  // namespace idi::synth
