// Parts of which questions are composed: what is counted or summed, of what, split how, under which
// conditions, when. Each part is a piece of wording with its piece of the query.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "build.hpp"
#include "column_tests.hpp"
#include "idi/core/schema.hpp"
#include "idi/temporal/calendar.hpp"
#include "phrasing.hpp"

namespace idi::synth {

/// "paid orders over 20 euros in March": a word before the noun, or words after it.
struct Restriction {
  std::string before, after;
  ir::ConditionPtr condition;
  ColumnRef column;
  bool about_time = false;
};
using Restrictions = std::vector<Restriction>;

/// What is asked of rows.
struct Measure {
  enum class Kind { count, money, total, extreme, distinct };
  Kind kind = Kind::count;
  std::string words;  ///< "revenue", "average price", the plural of what is counted once.
  build::ExpressionPtr call;
};

struct Group {
  std::string words;  ///< "country", "month"
  std::vector<build::ExpressionPtr> items, keys;
  bool about_time = false;
};

/// A phrase for a time and the days that it means, half-open ISO days.
struct TimePhrase {
  std::string words;  ///< "last month", without preposition
  std::string begin, end;
};

/// Draws parts for one table of a schema. What a schema does not have is nullopt.
class Parts {
 public:
  /// REQUIRES: schema has tables and all outlive the parts.
  Parts(const Schema& schema, const Rewording& rewording, const temporal::Calendar& calendar,
        Random& random);

  [[nodiscard]] int table() const { return table_; }
  [[nodiscard]] const Schema& schema() const { return schema_; }
  [[nodiscard]] const ColumnTests& tests() const { return tests_; }
  Random& random() { return random_; }
  bool maybe(double probability) { return chance(random_, probability); }
  std::string say(std::string_view wording) { return choose_alternatives(wording, random_); }
  std::string many(int table);
  std::string one(int table);
  std::string called(ColumnRef column);

  std::optional<ColumnRef> column_where(int table, const ColumnTest& test);
  /// The foreign keys of the table to others.
  [[nodiscard]] std::vector<ForeignKey> parents() const;
  /// What a row of a table is called by: its name, or first and last name. Empty: nothing.
  std::vector<build::ExpressionPtr> names_of(int table);
  [[nodiscard]] std::optional<ColumnRef> key_of(int table) const;
  /// The date that is meant when none is named: of the table or of one that it refers to.
  [[nodiscard]] std::optional<ColumnRef> main_time() const;
  std::optional<std::string> cell_of(ColumnRef column, std::size_t longest = 30);
  /// A number near the column's cells as it is said, and as it stands in SQL.
  struct Spoken {
    std::string words, sql;
  };
  std::optional<Spoken> number_near(ColumnRef column);
  Spoken speak(std::string number);

  // Restrictions of the table's rows.
  std::optional<Restriction> status();
  std::optional<Restriction> flag();
  std::optional<Restriction> cell();
  std::optional<Restriction> limit();
  std::optional<Restriction> when();
  std::optional<Restriction> parent_cell();
  std::optional<Restriction> missing();
  /// Up to `most` different ones.
  Restrictions restrictions(int most);

  std::optional<Measure> measure();
  std::optional<Measure> additive_measure();
  std::optional<Group> group();
  std::optional<Group> bucket();

  // Wording of combinations.
  std::string noun(const Restrictions& restrictions);
  std::string phrase(const Measure& measure, const Restrictions& restrictions);
  /// A whole question; `tail`: "per month".
  std::string ask(const Measure& measure, const Restrictions& restrictions,
                  const std::string& tail);
  std::string per(const Group& group);

 private:
  std::optional<TimePhrase> time_phrase();
  std::string year_like(ColumnRef time);
  std::optional<Restriction> when_year(ColumnRef time);
  std::optional<Restriction> when_month(ColumnRef time);
  std::optional<Restriction> when_phrase(ColumnRef time);

  const Schema& schema_;
  const Rewording& rewording_;
  const temporal::Calendar& calendar_;
  Random& random_;
  ColumnTests tests_;
  int table_ = 0;
};

/// Without those on a column that is grouped by.
[[nodiscard]] Restrictions apart(Restrictions restrictions, const Group& group);
[[nodiscard]] ir::ConditionPtr all_of(const Restrictions& restrictions);
[[nodiscard]] build::ExpressionPtr over(const build::ExpressionPtr& call, ir::Over over);
[[nodiscard]] build::ExpressionPtr only_when(const build::ExpressionPtr& call,
                                             ir::ConditionPtr condition);

}  // namespace idi::synth
