#include "sales.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "calendar.hpp"
#include "catalog_words.hpp"
#include "people_words.hpp"

namespace idi::demo {
namespace {

constexpr int wanted_orders = 62'000;
constexpr int free_shipping_from = 7'500;
constexpr int shipping_price = 495;
constexpr int return_days = 30;

// Shares of a month of all sales, and of a weekday of its week; 100 is the average.
constexpr std::array<std::uint32_t, 12> month_share{74,  72,  88, 98, 106, 108,
                                                    116, 100, 90, 86, 118, 178};
constexpr std::array<std::uint32_t, 7> weekday_share{82, 84, 90, 98, 122, 168, 56};

// How a season's articles sell over the year; 100 is the average.
constexpr std::array<std::uint32_t, 12> summer_curve{30,  40,  80, 130, 180, 190,
                                                     190, 150, 90, 50,  35,  45};
constexpr std::array<std::uint32_t, 12> winter_curve{190, 150, 90, 50,  30,  20,
                                                     20,  30,  70, 130, 180, 240};
constexpr std::array<std::uint32_t, 12> gift_curve{80, 75, 80, 90,  90,  90,
                                                   90, 90, 90, 100, 140, 185};

std::uint32_t season_factor(Season season, int month) {
  const auto index = static_cast<std::size_t>(month - 1);
  switch (season) {
    case Season::summer:
      return summer_curve[index];
    case Season::winter:
      return winter_curve[index];
    case Season::gifts:
      return gift_curve[index];
    case Season::all_year:
      break;
  }
  return 100;
}

bool shops_are_closed(int day) {
  const Date date = date_of(day);
  const bool holiday = (date.month == 1 && date.day == 1) || (date.month == 12 && date.day == 25);
  return holiday || weekday(day) == 6;
}

bool is_black_week(const Date& date) {
  return date.month == 11 && date.day >= 20 && date.day <= 28;
}

std::uint64_t day_weight(int day) {
  const Date date = date_of(day);
  const auto months = static_cast<std::uint64_t>((date.year - first_date.year) * 12 + date.month);
  std::uint64_t weight = (100 + 2 * months) *
                         month_share[static_cast<std::size_t>(date.month - 1)] *
                         weekday_share[static_cast<std::size_t>(weekday(day))];
  if (is_black_week(date)) weight = weight * 3 / 2;
  return weight;
}

// Prices rose at the turn of the years; the catalogue has those of 2024.
int price_in(int price, int year) {
  if (year >= 2024) return price;
  const int percent = year == 2023 ? 97 : 93;
  return price * percent / 100 / 5 * 5;
}

class SalesMaker {
 public:
  SalesMaker(Random& random, const Shop& shop, SalesSink& sink)
      : random_(random), shop_(shop), sink_(sink) {
    for (const Country& country : countries()) pools_[country.name];
    sellers_.resize(shop.stores.size());
    for (std::size_t i = 0; i < shop.employees.size(); ++i) {
      const Employee& employee = shop.employees[i];
      if (employee.job_title == "Sales Assistant") {
        sellers_[static_cast<std::size_t>(employee.store)].push_back(static_cast<int>(i));
      }
    }
  }

  Status run() {
    const int first = day_number(first_date);
    const int last = day_number(last_date);
    std::uint64_t all = 0;
    for (int day = first; day <= last; ++day) all += day_weight(day);
    std::uint64_t carry = 0;
    for (int day = first; day <= last; ++day) {
      welcome_customers(day);
      if (day == first || date_of(day).day == 1) stock_shelves(day);
      carry += day_weight(day) * wanted_orders;
      const auto expected = static_cast<int>(carry / all);
      carry -= static_cast<std::uint64_t>(expected) * all;
      IDI_CHECK(sell_on(day, expected * random_.between(85, 115) / 100));
      IDI_CHECK(sink_.on_day(static_cast<double>(day - first + 1) / (last - first + 1)));
    }
    return {};
  }

 private:
  // Customers are in the order of joining; the active ones stand in the pools several times.
  void welcome_customers(int day) {
    for (; welcomed_ < shop_.customers.size() && shop_.customers[welcomed_].joined <= day;
         ++welcomed_) {
      const Customer& customer = shop_.customers[welcomed_];
      for (int i = 0; i < customer.activity; ++i) {
        pools_[customer.home_country].push_back(static_cast<int>(welcomed_));
        everyone_.push_back(static_cast<int>(welcomed_));
      }
    }
  }

  // What is on sale this month, and what the season favours.
  void stock_shelves(int day) {
    const Date date = date_of(day);
    const auto words = category_words();
    std::vector<std::uint32_t> shares;
    shelves_.assign(words.size(), {});
    for (std::size_t category = 0; category < words.size(); ++category) {
      shares.push_back(words[category].share * season_factor(words[category].season, date.month));
      std::vector<std::uint32_t> weights;
      for (std::size_t i = 0; i < shop_.products.size(); ++i) {
        const Product& product = shop_.products[i];
        const bool gone = product.discontinued && date.year == last_date.year;
        if (product.category != static_cast<int>(category) || product.introduced > day || gone ||
            product.popularity == 0) {
          continue;
        }
        shelves_[category].products.push_back(static_cast<int>(i));
        weights.push_back(static_cast<std::uint32_t>(product.popularity));
      }
      shelves_[category].choice = WeightedChoice(weights);
      if (shelves_[category].choice.empty()) shares.back() = 0;
    }
    categories_ = WeightedChoice(shares);
  }

  Status sell_on(int day, int orders) {
    std::vector<std::uint32_t> shares;
    for (const Store& store : shop_.stores) shares.push_back(store_share(store, day));
    const WeightedChoice stores(shares);
    if (stores.empty()) return {};
    std::vector<std::pair<int, int>> visits;  // minute, store
    for (int i = 0; i < orders; ++i) {
      const int store = static_cast<int>(stores.draw(random_));
      visits.emplace_back(minute_of_visit(store), store);
    }
    std::sort(visits.begin(), visits.end());
    for (const auto& [minute, store] : visits) IDI_CHECK(sell(day, minute, store));
    return {};
  }

  [[nodiscard]] static std::uint32_t store_share(const Store& store, int day) {
    if (day < store.opened || (day >= store.closed_from && day <= store.closed_until)) return 0;
    const bool online = store.city.empty();
    if (!online && shops_are_closed(day)) return 0;
    // The online shop grows by a quarter each year.
    const int years = date_of(day).year - first_date.year;
    return static_cast<std::uint32_t>(online ? store.share * (4 + years) / 4 : store.share);
  }

  int minute_of_visit(int store) {
    const bool online = shop_.stores[static_cast<std::size_t>(store)].city.empty();
    if (online) return std::max(random_.between(0, 1439), random_.between(300, 1439));
    return (random_.between(570, 1199) + random_.between(570, 1199)) / 2;
  }

  int draw_customer(const Store& store) {
    const auto& locals = store.country.empty() ? everyone_ : pools_[store.country];
    const bool local = !locals.empty() && random_.chance(93, 100);
    return random_.pick(local ? locals : everyone_);
  }

  Status sell(int day, int minute, int store_index) {
    const Store& store = shop_.stores[static_cast<std::size_t>(store_index)];
    const bool online = store.city.empty();
    Order order;
    order.id = ++last_order_;
    order.customer = draw_customer(store);
    order.store = store_index;
    order.day = day;
    order.minute = minute;
    order.employee = online ? std::nullopt : seller_of(store_index, day);
    order.status = status_of(day, online);
    order.payment = payment_of(online);
    if (online && order.status == "completed") order.shipped = day + random_.between(0, 4);
    if (online && order.status == "shipped") order.shipped = day + random_.between(0, 1);
    const std::vector<OrderLine> lines = make_lines(order.id, day);
    for (const OrderLine& line : lines) order.total += line.total;
    order.shipping = online && order.total < free_shipping_from ? shipping_price : 0;
    order.total += order.shipping;
    IDI_CHECK(sink_.on_order(order, lines));
    if (order.status != "completed") return {};
    for (const OrderLine& line : lines) IDI_CHECK(maybe_return(order, line, online));
    return {};
  }

  std::optional<int> seller_of(int store, int day) {
    const auto& sellers = sellers_[static_cast<std::size_t>(store)];
    // Not everybody was hired yet; a few sales are not booked on anybody.
    for (int attempt = 0; attempt < 4 && !sellers.empty(); ++attempt) {
      const int seller = random_.pick(sellers);
      if (shop_.employees[static_cast<std::size_t>(seller)].hired <= day) return seller;
    }
    return std::nullopt;
  }

  std::string_view status_of(int day, bool online) {
    if (random_.chance(3, 100)) return "cancelled";
    if (!online) return "completed";
    const int days_left = day_number(last_date) - day;
    if (days_left < 2) return "pending";
    return days_left < 7 ? "shipped" : "completed";
  }

  std::string_view payment_of(bool online) {
    static const WeightedChoice in_store({60, 34, 6});
    static const WeightedChoice on_line({42, 38, 20});
    constexpr std::array<std::string_view, 3> store_ways{"card", "cash", "voucher"};
    constexpr std::array<std::string_view, 3> online_ways{"card", "paypal", "invoice"};
    return online ? online_ways[on_line.draw(random_)] : store_ways[in_store.draw(random_)];
  }

  std::vector<OrderLine> make_lines(int order, int day) {
    static const WeightedChoice counts({34, 29, 18, 10, 6, 3});
    const auto wanted = counts.draw(random_) + 1;
    std::vector<OrderLine> lines;
    while (lines.size() < wanted) {
      const Shelf& shelf = shelves_[categories_.draw(random_)];
      const int product = shelf.products[shelf.choice.draw(random_)];
      const bool twice = std::any_of(lines.begin(), lines.end(), [&](const OrderLine& line) {
        return line.product == product;
      });
      if (!twice) lines.push_back(make_line(order, product, day));
    }
    return lines;
  }

  OrderLine make_line(int order, int product, int day) {
    const Date date = date_of(day);
    OrderLine line;
    line.id = ++last_line_;
    line.order = order;
    line.product = product;
    line.unit_price = price_in(shop_.products[static_cast<std::size_t>(product)].price, date.year);
    line.quantity = 1;
    if (line.unit_price < 6'000 && random_.chance(2, 5)) line.quantity = random_.between(2, 4);
    // A typing mistake that nobody corrected.
    if (random_.chance(1, 40'000)) line.quantity = -1;
    if (is_black_week(date) && random_.chance(3, 5)) {
      line.discount_percent = 20;
    } else if (random_.chance(14, 100)) {
      line.discount_percent = 5 * random_.between(1, 3);
    }
    line.total = line.quantity * line.unit_price * (100 - line.discount_percent) / 100;
    return line;
  }

  Status maybe_return(const Order& order, const OrderLine& line, bool online) {
    if (line.quantity < 1 || !random_.chance(online ? 85 : 30, 1000)) return {};
    static constexpr std::array<std::string_view, 6> reasons{
        "wrong size", "damaged",          "changed my mind",
        "wrong item", "arrived too late", "not as described"};
    static const WeightedChoice choice({34, 16, 26, 8, 6, 10});
    Return returned;
    returned.line = line.id;
    returned.day = order.shipped.value_or(order.day) + random_.between(1, return_days);
    returned.quantity = random_.between(1, line.quantity);
    const std::size_t reason = choice.draw(random_);
    if (!random_.chance(9, 100)) returned.reason = reasons[reason];
    returned.refund = line.total * returned.quantity / line.quantity;
    returned.restocked = reason != 1 && random_.chance(88, 100);
    // What comes back after the last day is not known yet.
    if (returned.day > day_number(last_date)) return {};
    return sink_.on_return(returned);
  }

  struct Shelf {
    std::vector<int> products;
    WeightedChoice choice;
  };

  Random& random_;
  const Shop& shop_;
  SalesSink& sink_;
  std::map<std::string_view, std::vector<int>> pools_;  ///< Customers by country.
  std::vector<int> everyone_;
  std::size_t welcomed_ = 0;
  std::vector<std::vector<int>> sellers_;  ///< By store.
  std::vector<Shelf> shelves_;             ///< By category.
  WeightedChoice categories_;
  int last_order_ = 0;
  int last_line_ = 0;
};

}  // namespace

Status make_sales(Random& random, const Shop& shop, SalesSink& sink) {
  return SalesMaker(random, shop, sink).run();
}

}  // namespace idi::demo
