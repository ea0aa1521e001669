#include "idi/engine/starters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "idi/core/text.hpp"
#include "idi/explanation/nouns.hpp"
#include "idi/link/linker.hpp"

namespace idi::engine {
namespace {

using explanation::plural_of;
using explanation::singular_of;

using Names = std::initializer_list<std::string_view>;

bool is_any(std::string_view word, Names list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::string last_word_of(const std::string& natural_name) {
  const auto words = text::split(natural_name, ' ');
  return words.empty() ? std::string() : words.back();
}

/// Questions are about the weightiest tables; the others are not compared with each other.
constexpr std::size_t max_subjects = 16;

/// A table as the questions speak of it.
struct Subject {
  int table = -1;
  std::string one, many;  ///< "order", "orders"
  std::string label;      ///< "name": the column that says which row it is; may be empty.
  std::vector<std::string> amounts, groups, times;
  double weight = 0;
};

/// The columns of all foreign keys.
std::set<ColumnRef> keys_of(const Schema& schema) {
  std::set<ColumnRef> keys;
  for (const ForeignKey& key : schema.foreign_keys) {
    keys.insert(key.from);
    keys.insert(key.to);
  }
  return keys;
}

bool is_amount(const Column& column) {
  return column.type == ColumnType::number &&
         is_any(last_word_of(column.natural_name),
                {"price",  "cost",     "salary",   "total",      "amount",       "quantity",
                 "weight", "age",      "area",     "population", "revenue",      "budget",
                 "size",   "length",   "height",   "duration",   "milliseconds", "rating",
                 "score",  "capacity", "distance", "credit",     "credits",      "stock",
                 "income", "sales",    "points",   "speed",      "horsepower",   "value",
                 "wage",   "balance",  "fee",      "expectancy", "attendance",   "refund"});
}

/// `one`: the table's name; "continents for each continent" asks nothing.
bool is_group(const Column& column, const std::string& one) {
  const std::string& name = column.natural_name;
  return (column.type == ColumnType::text || column.type == ColumnType::boolean) &&
         is_any(
             last_word_of(name),
             {"status",    "country", "city",   "type",       "category", "gender",   "sex",
              "genre",     "state",   "region", "kind",       "method",   "title",    "nationality",
              "continent", "level",   "class",  "department", "sector",   "industry", "reason",
              "language",  "brand",   "color",  "colour"}) &&
         name != "title" && name != one && name.find(" of ") == std::string::npos;
}

/// "name", "title", or the "country name" of a country.
bool is_label(const Column& column, const std::string& one) {
  const std::string& name = column.natural_name;
  return column.type == ColumnType::text &&
         (is_any(name, {"name", "title", "full name"}) || name == last_word_of(one) + " name");
}

bool is_time(const Column& column) {
  return column.type == ColumnType::time && column.natural_name.find("birth") == std::string::npos;
}

Subject subject_of(const Schema& schema, const std::set<ColumnRef>& keys, int index) {
  const Table& table = schema.tables[static_cast<std::size_t>(index)];
  Subject subject;
  subject.table = index;
  subject.one = singular_of(table.natural_name);
  subject.many = plural_of(table.natural_name);
  for (int c = 0; c < static_cast<int>(table.columns.size()); ++c) {
    const Column& column = table.columns[static_cast<std::size_t>(c)];
    if (column.primary_key || keys.contains({index, c})) continue;
    if (subject.label.empty() && is_label(column, subject.one)) subject.label = column.natural_name;
    if (is_amount(column)) subject.amounts.push_back(column.natural_name);
    if (is_group(column, subject.one)) subject.groups.push_back(column.natural_name);
    if (is_time(column)) subject.times.push_back(column.natural_name);
  }
  double connections = 0;
  for (const ForeignKey& key : schema.foreign_keys) {
    if (key.from.table == index || key.to.table == index) ++connections;
  }
  const auto rows = static_cast<double>(table.row_estimate.value_or(0));
  const auto content = static_cast<double>(subject.amounts.size() + subject.groups.size() +
                                           subject.times.size() + (subject.label.empty() ? 0 : 2));
  subject.weight = table.kind == TableKind::table && rows != 0
                       ? std::log10(rows + 1) + connections + std::min(content, 5.0)
                       : -1;
  // Tables that only join two others are no subject of a first question.
  if (content == 0) subject.weight -= 10;
  return subject;
}

/// The questions of one kind take turns among the tables, so that the list is about all of them.
class Collector {
 public:
  Collector(const Schema& schema, std::size_t most) : schema_(schema), most_(most) {
    const auto keys = keys_of(schema);
    for (int t = 0; t < static_cast<int>(schema.tables.size()); ++t) {
      Subject subject = subject_of(schema, keys, t);
      if (subject.weight > -5) subjects_.push_back(std::move(subject));
    }
    std::stable_sort(subjects_.begin(), subjects_.end(),
                     [](const Subject& a, const Subject& b) { return a.weight > b.weight; });
    if (subjects_.size() > max_subjects) subjects_.resize(max_subjects);
    used_.resize(subjects_.size());
  }

  std::vector<std::string> take() && {
    add_count();
    add_leaders();
    add_groups();
    add_most();
    add_average();
    add_years();
    add_children();
    add_count();
    add_groups();
    add_leaders();
    if (questions_.size() > most_) questions_.resize(most_);
    return std::move(questions_);
  }

 private:
  /// The fitting subject that was asked about least.
  template <typename Fits>
  const Subject* next(Fits&& fits) {
    std::size_t best = subjects_.size();
    for (std::size_t i = 0; i < subjects_.size(); ++i) {
      if (fits(subjects_[i]) && (best == subjects_.size() || used_[i] < used_[best])) best = i;
    }
    if (best == subjects_.size()) return nullptr;
    ++used_[best];
    return &subjects_[best];
  }

  bool add(std::string question) {
    if (std::find(questions_.begin(), questions_.end(), question) != questions_.end()) return false;
    questions_.push_back(std::move(question));
    return true;
  }

  void add_count() {
    if (const auto* s = next([](const Subject&) { return true; })) {
      add(fmt::format("How many {} are there?", s->many));
    }
  }
  void add_leaders() {
    // "Highest" is to be a word of the question, not of a column.
    const auto* s = next([&](const Subject& x) {
      return !x.label.empty() && !x.amounts.empty() &&
             !schema_.find_column(x.table, "highest").has_value();
    });
    if (s) {
      add(fmt::format("What are the {} and {} of the 5 {} with the highest {}?",
                      plural_of(s->label), plural_of(s->amounts.front()), s->many,
                      s->amounts.front()));
    }
  }
  void add_groups() {
    if (const auto* s = next([](const Subject& x) { return !x.groups.empty(); })) {
      add(fmt::format("How many {} are there for each {}?", s->many, s->groups.front()));
    }
  }
  void add_average() {
    const auto* both =
        next([](const Subject& x) { return !x.amounts.empty() && !x.groups.empty(); });
    if (both) {
      add(fmt::format("What is the average {} of {} for each {}?", both->amounts.front(),
                      both->many, both->groups.back()));
    } else if (const auto* s = next([](const Subject& x) { return !x.amounts.empty(); })) {
      add(fmt::format("What is the average {} of {}?", s->amounts.front(), s->many));
    }
  }
  /// With two dates in a table "per year" could mean either.
  void add_years() {
    const auto s = std::find_if(subjects_.begin(), subjects_.end(),
                                [](const Subject& x) { return x.times.size() == 1; });
    if (s != subjects_.end()) {
      add(fmt::format("How many {} are there per year?", s->many));
    }
  }
  void add_most() {
    add_of_relatives([](const Subject& parent, const Subject& child) {
      return fmt::format("Which {} has the most {}?", parent.one, child.many);
    });
  }
  void add_children() {
    add_of_relatives([](const Subject& parent, const Subject& child) {
      return fmt::format("How many {} does each {} have?", child.many, parent.one);
    });
  }

  /// About two tables that one declared key connects, each pair once.
  template <typename Words>
  void add_of_relatives(Words&& words) {
    for (const Subject& child : subjects_) {
      for (const Subject& parent : subjects_) {
        const std::pair pair{parent.table, child.table};
        if (parent.label.empty() || child.table == parent.table || told_.contains(pair)) continue;
        const auto keys = std::count_if(
            schema_.foreign_keys.begin(), schema_.foreign_keys.end(), [&](const ForeignKey& key) {
              return key.declared && key.from.table == child.table && key.to.table == parent.table;
            });
        if (keys != 1) continue;
        told_.insert(pair);
        add(words(parent, child));
        return;
      }
    }
  }

  const Schema& schema_;
  std::size_t most_;
  std::vector<Subject> subjects_;
  std::vector<int> used_;
  std::set<std::pair<int, int>> told_;  ///< Parent and child.
  std::vector<std::string> questions_;
};

}  // namespace

std::vector<std::string> starter_questions(const Schema& schema, std::size_t most) {
  return Collector(schema, most).take();
}

}  // namespace idi::engine
