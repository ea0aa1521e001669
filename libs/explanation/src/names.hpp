// Names of tables and columns as a sentence uses them: natural, on one line, not endless, and
// never the same for two things.
#pragma once

#include <string>
#include <string_view>

#include "idi/core/schema.hpp"

namespace idi::explanation {

/// Without control characters, blanks in a row as one, at most `max_characters` (then "…").
[[nodiscard]] std::string on_one_line(std::string_view text, std::size_t max_characters);

/// "an order", "a customer"
[[nodiscard]] std::string with_article(const std::string& noun);

class Names {
 public:
  /// The schema must outlive this.
  explicit Names(const Schema& schema) : schema_(schema) {}

  [[nodiscard]] std::string one(int table) const;   ///< "order"
  [[nodiscard]] std::string many(int table) const;  ///< "orders"
  [[nodiscard]] std::string column(ColumnRef ref) const;
  /// After "the order's": "id" for "order id", where no other column is called that.
  [[nodiscard]] std::string own_column(ColumnRef ref) const;
  /// A yes-no column as what a row is: "discontinued", "active" for "is active"; empty: the name is
  /// no word for that.
  [[nodiscard]] std::string quality(ColumnRef ref) const;
  /// "orders.customer_id": for what has to be exact.
  [[nodiscard]] std::string technical(ColumnRef ref) const;
  /// Its only primary key column: a group by it is a group per row.
  [[nodiscard]] bool identifies(ColumnRef ref) const;
  /// The one column that says when a row came about ("ordered at" of an order): "since March"
  /// needs no more words.
  [[nodiscard]] bool is_moment_of_its_table(ColumnRef ref) const;

 private:
  const Schema& schema_;
};

}  // namespace idi::explanation
