#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "calendar.hpp"
#include "people_words.hpp"
#include "stages.hpp"

namespace idi::demo {
namespace {

constexpr int customer_count = 12'000;

// For mail addresses: accents spelt out, everything else that is no letter dropped.
std::string ascii_of(std::string_view name) {
  static constexpr auto table = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"ß", "ss"}, {"é", "e"}, {"è", "e"},  {"É", "e"},
       {"ë", "e"},  {"ç", "c"},  {"á", "a"},  {"Á", "a"},  {"í", "i"}, {"ó", "o"},  {"ú", "u"},
       {"ñ", "n"},  {"ø", "oe"}, {"å", "aa"}, {"ł", "l"},  {"Ł", "l"}, {"ń", "n"},  {"ś", "s"},
       {"ź", "z"},  {"ż", "z"},  {"ą", "a"},  {"ę", "e"},  {"ć", "c"}, {"Ö", "oe"}, {"ï", "i"}});
  std::string result;
  while (!name.empty()) {
    const char c = name.front();
    if (static_cast<unsigned char>(c) < 0x80) {
      if (c >= 'A' && c <= 'Z') result += static_cast<char>(c - 'A' + 'a');
      if (c >= 'a' && c <= 'z') result += c;
      name.remove_prefix(1);
      continue;
    }
    const std::string_view letter = name.substr(0, 2);  // All of ours take two bytes.
    const auto* found = std::find_if(table.begin(), table.end(),
                                     [&](const auto& entry) { return entry.first == letter; });
    if (found != table.end()) result += found->second;
    name.remove_prefix(letter.size());
  }
  return result;
}

const Country& country_named(std::string_view name) {
  const auto all = countries();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Country& c) { return c.name == name; });
  return found != all.end() ? *found : all.front();
}

struct Name {
  std::string first;
  std::string last;
  bool woman = false;
};

Name draw_name(Random& random, const Country& country) {
  const bool woman = random.chance(51, 100);
  return {std::string(random.pick(woman ? country.women : country.men)),
          std::string(random.pick(country.families)), woman};
}

class Staffing {
 public:
  Staffing(Random& random, Shop& shop) : random_(random), shop_(shop) {}

  void run() {
    const int director = hire(-1, "Managing Director", std::nullopt, 128'000, 2008, 2009);
    const int sales = hire(-1, "Head of Sales", director, 89'000, 2010, 2015);
    const int buying = hire(-1, "Head of Purchasing", director, 86'000, 2010, 2016);
    hire(-1, "Head of Finance", director, 92'000, 2009, 2014);
    hire(-1, "Human Resources Officer", director, 54'000, 2012, 2020);
    for (int i = 0; i < 3; ++i) hire(-1, "Buyer", buying, 51'000, 2013, 2023);
    for (int store = 0; store < static_cast<int>(shop_.stores.size()); ++store) {
      staff_store(store, sales);
    }
  }

 private:
  void staff_store(int store, int head) {
    const Store& place = shop_.stores[static_cast<std::size_t>(store)];
    const bool online = place.city.empty();
    const int since = date_of(place.opened).year;
    const int manager = hire(store, "Store Manager", head, 58'000, since, since);
    const int sellers = place.share / 9 + 2;
    for (int i = 0; i < sellers; ++i) {
      hire(store, online ? "Customer Service" : "Sales Assistant", manager, 31'000, since, 2024);
    }
    for (int i = 0; i < 1 + place.area_m2 / 600; ++i) {
      hire(store, online ? "Warehouse Worker" : "Cashier", manager, 28'000, since, 2024);
    }
    if (place.area_m2 > 700) hire(store, "Bicycle Mechanic", manager, 36'000, since, 2024);
  }

  int hire(int store, std::string_view job, std::optional<int> chief, int salary, int from_year,
           int to_year) {
    const std::string_view place =
        store < 0 ? std::string_view() : shop_.stores[static_cast<std::size_t>(store)].country;
    const Country& country = country_named(place);
    const Name name = draw_name(random_, country);
    Employee employee;
    employee.first_name = name.first;
    employee.last_name = name.last;
    employee.job_title = job;
    employee.store = store;
    employee.chief = chief;
    employee.hired = hiring_day(store, from_year, to_year);
    employee.salary = salary * random_.between(92, 114) / 100 / 100 * 100;
    employee.email = fmt::format("{}.{}@shop.example", ascii_of(name.first), ascii_of(name.last));
    shop_.employees.push_back(std::move(employee));
    return static_cast<int>(shop_.employees.size()) - 1;
  }

  int hiring_day(int store, int from_year, int to_year) {
    int earliest = day_number({from_year, 1, 1});
    int latest = day_number({std::max(from_year, to_year), 6, 30});
    if (store >= 0) {
      const int opened = shop_.stores[static_cast<std::size_t>(store)].opened;
      earliest = std::max(earliest, opened - 60);
      latest = std::max(latest, earliest);
      if (to_year == from_year) latest = earliest + 45;
    }
    return random_.between(earliest, latest);
  }

  Random& random_;
  Shop& shop_;
};

std::string phone_number(Random& random, const Country& country, const City& city) {
  std::string number = fmt::format("{} {} ", country.dialling_code, city.area_code);
  for (int i = 0; i < 7; ++i) number += static_cast<char>('0' + random.between(0, 9));
  return number;
}

std::string mail_address(Random& random, const Name& name, const Country& country) {
  static constexpr auto hosts = std::to_array<std::string_view>({"mail", "post", "inbox", "web"});
  const std::string_view host = hosts[random.below(hosts.size())];
  const std::string number =
      random.chance(2, 5) ? std::to_string(random.between(1, 99)) : std::string();
  const std::string_view dot = random.chance(3, 4) ? "." : "";
  return fmt::format("{}{}{}{}@{}.example.{}", ascii_of(name.first), dot, ascii_of(name.last),
                     number, host, country.mail_domain);
}

// People type. A few of them as nobody should.
void soil(Random& random, Customer& customer) {
  if (random.chance(1, 160)) {
    for (char& c : customer.country) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
  } else if (random.chance(1, 160)) {
    for (char& c : customer.country) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
  }
  if (random.chance(1, 150)) customer.city += ' ';
  if (random.chance(1, 300)) customer.country += ' ';
  if (random.chance(1, 400)) customer.phone = "n/a";
}

int activity_class(Random& random) {
  const std::uint32_t draw = random.below(100);
  if (draw < 8) return 0;
  if (draw < 55) return 1;
  if (draw < 80) return 3;
  if (draw < 95) return 7;
  return 16;
}

Customer make_customer(Random& random, const Country& country, int joined) {
  const City& city = random.pick(country.cities);
  const Name name = draw_name(random, country);
  Customer customer;
  customer.first_name = name.first;
  customer.last_name = name.last;
  customer.gender = random.chance(2, 100) ? "diverse" : name.woman ? "female" : "male";
  if (!random.chance(7, 100)) customer.email = mail_address(random, name, country);
  if (!random.chance(28, 100)) customer.phone = phone_number(random, country, city);
  customer.city = city.name;
  customer.country = country.name;
  customer.home_country = country.name;
  if (!random.chance(12, 100)) {
    customer.born = random.between(day_number({1945, 1, 1}), day_number({2005, 12, 31}));
  }
  customer.joined = joined;
  customer.newsletter = customer.email.has_value() && random.chance(45, 100);
  customer.activity = activity_class(random);
  soil(random, customer);
  return customer;
}

}  // namespace

void add_employees(Random& random, Shop& shop) { Staffing(random, shop).run(); }

void add_customers(Random& random, Shop& shop) {
  std::vector<std::uint32_t> shares;
  for (const Country& country : countries()) shares.push_back(country.customers);
  const WeightedChoice choice(shares);
  std::vector<int> joined;
  for (int i = 0; i < customer_count; ++i) {
    // Half of them were there before the first order of the demo.
    const bool early = random.chance(1, 2);
    joined.push_back(early ? random.between(day_number({2018, 1, 1}), day_number({2021, 12, 31}))
                           : random.between(day_number(first_date), day_number(last_date) - 5));
  }
  std::sort(joined.begin(), joined.end());
  for (const int day : joined) {
    shop.customers.push_back(make_customer(random, countries()[choice.draw(random)], day));
  }
  // The same person twice, as after a second registration.
  for (int i = 0; i < 12; ++i) {
    const auto first = random.below(customer_count / 2);
    Customer& second =
        shop.customers[customer_count / 2 + random.below(std::uint32_t{customer_count} / 2)];
    const int day = second.joined;
    second = shop.customers[first];
    second.joined = day;
  }
}

}  // namespace idi::demo
