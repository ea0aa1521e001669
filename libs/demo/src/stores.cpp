#include <array>

#include "calendar.hpp"
#include "stages.hpp"

namespace idi::demo {
namespace {

struct StoreFacts {
  std::string_view name, city, country;
  Date opened;
  int area_m2;
  int share;
};

constexpr auto facts = std::to_array<StoreFacts>({
    {"Berlin Mitte", "Berlin", "Germany", {2009, 4, 17}, 1450, 95},
    {"Hamburg Harbour", "Hamburg", "Germany", {2012, 9, 1}, 1100, 72},
    {"Munich Central", "Munich", "Germany", {2010, 3, 20}, 1650, 100},
    {"Cologne", "Cologne", "Germany", {2016, 10, 8}, 820, 48},
    {"Leipzig", "Leipzig", "Germany", {2023, 5, 6}, 640, 34},
    {"Paris Rivoli", "Paris", "France", {2014, 5, 15}, 1250, 80},
    {"Lyon", "Lyon", "France", {2017, 2, 25}, 760, 44},
    {"Amsterdam", "Amsterdam", "Netherlands", {2013, 6, 7}, 980, 66},
    {"Vienna", "Vienna", "Austria", {2011, 11, 12}, 1020, 60},
    {"Innsbruck", "Innsbruck", "Austria", {2019, 12, 7}, 540, 30},
    {"Zurich", "Zurich", "Switzerland", {2015, 8, 29}, 890, 52},
    {"Milan", "Milan", "Italy", {2018, 9, 14}, 870, 46},
    {"London Covent Garden", "London", "United Kingdom", {2016, 4, 2}, 1180, 62},
    {"Copenhagen", "Copenhagen", "Denmark", {2020, 9, 19}, 600, 28},
    {"Brussels", "Brussels", "Belgium", {2024, 3, 9}, 580, 26},
    {"Online Shop", "", "", {2008, 1, 15}, 0, 190},
});

constexpr std::string_view renovated_store = "Lyon";
constexpr Date renovation_start{2023, 6, 5};
constexpr Date renovation_end{2023, 7, 4};

}  // namespace

void add_stores(Shop& shop) {
  for (const StoreFacts& fact : facts) {
    Store store{
        fact.name, fact.city, fact.country, day_number(fact.opened), fact.area_m2, fact.share,
        0,         -1};
    if (fact.name == renovated_store) {
      store.closed_from = day_number(renovation_start);
      store.closed_until = day_number(renovation_end);
    }
    shop.stores.push_back(store);
  }
}

}  // namespace idi::demo
