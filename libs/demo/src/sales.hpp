// Orders, their lines and what came back: made day by day, handed on row by row.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"
#include "random.hpp"
#include "shop.hpp"

namespace idi::demo {

struct Order {
  int id = 0;
  int customer = 0;             ///< Index.
  int store = 0;                ///< Index.
  std::optional<int> employee;  ///< Index; none online.
  int day = 0;
  int minute = 0;
  std::string_view status;
  std::string_view payment;
  std::optional<int> shipped;
  int shipping = 0;
  int total = 0;
};

struct OrderLine {
  int id = 0;
  int order = 0;    ///< Order::id
  int product = 0;  ///< Index.
  int quantity = 0;
  int unit_price = 0;
  int discount_percent = 0;
  int total = 0;
};

struct Return {
  int line = 0;  ///< OrderLine::id
  int day = 0;
  int quantity = 0;
  std::optional<std::string_view> reason;
  int refund = 0;
  bool restocked = false;
};

/// Where the rows go. An error ends the making.
class SalesSink {
 public:
  virtual ~SalesSink() = default;
  virtual Status on_order(const Order& order, const std::vector<OrderLine>& lines) = 0;
  virtual Status on_return(const Return& returned) = 0;
  /// After each day; the share of days done.
  virtual Status on_day(double fraction) = 0;
};

Status make_sales(Random& random, const Shop& shop, SalesSink& sink);

}  // namespace idi::demo
