#include "scene.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <vector>

#include "template.hpp"

namespace idi::synth {
namespace {

struct Adjectives {
  std::string_view words;  ///< Column words that they belong to, blank-separated.
  std::string_view most, least, over, under;
};

/// Superlatives and comparatives that imply a column.
constexpr std::array adjectives{
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

bool has_word(std::string_view phrase, std::string_view words) {
  const std::size_t cut = phrase.rfind(' ');
  const std::string_view last = cut == std::string_view::npos ? phrase : phrase.substr(cut + 1);
  const std::string padded = " " + std::string{words} + " ";
  return padded.find(" " + std::string{last} + " ") != std::string::npos;
}

bool is_quantity(std::string_view name) { return has_word(name, "quantity qty units amount"); }
bool is_price(std::string_view name) { return has_word(name, "price cost rate"); }

bool is_amount(std::string_view name) {
  return has_word(name, "total amount revenue sales turnover payment paid");
}

/// A date that is not the one that people mean when they say when a row was.
bool is_side_date(std::string_view name) {
  constexpr std::array words{"birth",  "death", "end", "ship",  "deliver", "return", "close",
                             "update", "modif", "due", "expir", "leav",    "cancel", "last"};
  return std::any_of(words.begin(), words.end(), [name](std::string_view word) {
    return name.find(word) != std::string_view::npos;
  });
}

constexpr std::array month_names{"January",   "February", "March",    "April",
                                 "May",       "June",     "July",     "August",
                                 "September", "October",  "November", "December"};

bool looks_like_number(const std::string& sample) {
  return !sample.empty() && sample.size() < 12 &&
         std::all_of(sample.begin(), sample.end(),
                     [](unsigned char c) { return std::isdigit(c) != 0 || c == '.'; });
}

bool looks_like_date(const std::string& sample) {
  return sample.size() >= 10 && sample[4] == '-' && sample[7] == '-';
}

class Drawing {
 public:
  Drawing(const Schema& schema, unsigned needs, Random& random)
      : schema_(schema), needs_(needs), random_(random) {
    scene_.schema = &schema;
  }

  std::optional<Scene> draw() {
    if (schema_.tables.empty()) return std::nullopt;
    scene_.table = static_cast<int>(pick(random_, schema_.tables.size()));
    if (wants(about_child) && !draw_child()) return std::nullopt;
    const bool drawn = draw_key() && draw_columns() && draw_child_columns() && draw_values();
    return drawn ? std::optional{scene_} : std::nullopt;
  }

 private:
  static constexpr unsigned about_child =
      needs_child | needs_child_text | needs_child_number | needs_child_time |
      needs_child_quantity | needs_child_product | needs_side_time | needs_child_amount;
  using Test = std::function<bool(const Column&, ColumnRef)>;

  [[nodiscard]] bool wants(unsigned needs) const { return (needs_ & needs) != 0; }

  std::optional<ColumnRef> column_of(int table, const Test& test) {
    std::vector<ColumnRef> found;
    const auto& columns = schema_.tables[static_cast<std::size_t>(table)].columns;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const ColumnRef ref{table, static_cast<int>(c)};
      if (test(columns[c], ref)) found.push_back(ref);
    }
    if (found.empty()) return std::nullopt;
    return found[pick(random_, found.size())];
  }

  bool set(ColumnRef& target, int table, const Test& test) {
    const auto found = column_of(table, test);
    if (found) target = *found;
    return found.has_value();
  }

  [[nodiscard]] bool is_plain(ColumnRef ref) const {
    const Role role = role_of(schema_, ref);
    return role == Role::plain || role == Role::name;
  }
  Test text_column() {
    return [this](const Column& column, ColumnRef ref) {
      return column.type == ColumnType::text && is_plain(ref) && !column.sample_values.empty();
    };
  }
  Test number_column() {
    return [this](const Column& column, ColumnRef ref) {
      return column.type == ColumnType::number && is_plain(ref) &&
             std::any_of(column.sample_values.begin(), column.sample_values.end(),
                         looks_like_number);
    };
  }
  Test time_column() {
    return [this](const Column& column, ColumnRef ref) {
      return is_plain(ref) &&
             std::any_of(column.sample_values.begin(), column.sample_values.end(), looks_like_date);
    };
  }

  bool draw_child() {
    std::vector<ForeignKey> keys;
    for (const ForeignKey& key : schema_.foreign_keys) {
      if (key.to.table == scene_.table && key.from.table != scene_.table) keys.push_back(key);
    }
    if (keys.empty()) return false;
    const ForeignKey& key = keys[pick(random_, keys.size())];
    scene_.child = key.from.table;
    scene_.child_key = key.from;
    scene_.key = key.to;
    return true;
  }

  bool draw_key() {
    if (scene_.key.table >= 0 || !wants(needs_key)) return true;
    return set(scene_.key, scene_.table,
               [](const Column& column, ColumnRef) { return column.primary_key; });
  }

  bool draw_columns() {
    const auto named = [this](const Column&, ColumnRef ref) {
      return role_of(schema_, ref) == Role::name;
    };
    if (wants(needs_name) && !set(scene_.name, scene_.table, named)) return false;
    if (wants(needs_name)) draw_names();
    if (wants(needs_text) && !set(scene_.text, scene_.table, text_column())) return false;
    if (wants(needs_many_times) && !set(scene_.time, scene_.table, time_column())) return false;
    if (wants(needs_time) && !set_main_time(scene_.time, scene_.table)) return false;
    if (wants(needs_amount)) return set(scene_.number, scene_.table, amount_column());
    if (wants(needs_product)) return draw_product(scene_.table, scene_.number, scene_.price);
    if (wants(needs_adjective)) return draw_adjective();
    return !wants(needs_number) || set(scene_.number, scene_.table, number_column());
  }

  /// First and last name belong together.
  void draw_names() {
    scene_.names = {scene_.name};
    const std::string& word = scene_.natural(scene_.name);
    const bool part =
        word.find("first name") != std::string::npos || word.find("last name") != std::string::npos;
    if (!part) return;
    ColumnRef first, last;
    const auto called = [](std::string_view suffix) {
      return [suffix](const Column& column, ColumnRef) {
        return column.natural_name.ends_with(suffix);
      };
    };
    if (set(first, scene_.table, called("first name")) &&
        set(last, scene_.table, called("last name"))) {
      scene_.names = {first, last};
    }
  }

  /// The date that a question means when it names none.
  bool set_main_time(ColumnRef& target, int table) {
    const auto time = time_column();
    const auto& columns = schema_.tables[static_cast<std::size_t>(table)].columns;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const ColumnRef ref{table, static_cast<int>(c)};
      if (!time(columns[c], ref) || is_side_date(columns[c].natural_name)) continue;
      target = ref;
      return true;
    }
    return false;
  }

  Test amount_column() {
    const auto number = number_column();
    return [number](const Column& column, ColumnRef ref) {
      return number(column, ref) && is_amount(column.natural_name);
    };
  }
  Test quantity_column() {
    const auto number = number_column();
    return [number](const Column& column, ColumnRef ref) {
      return number(column, ref) && is_quantity(column.natural_name);
    };
  }

  /// Another table that the child refers to and that has a date: the order of an order line.
  bool draw_side_time() {
    for (const ForeignKey& key : schema_.foreign_keys) {
      const bool other = key.from.table == scene_.child && key.to.table != scene_.table &&
                         key.to.table != scene_.child;
      if (other && set_main_time(scene_.side_time, key.to.table)) return true;
    }
    return false;
  }

  bool draw_product(int table, ColumnRef& quantity, ColumnRef& price) {
    return set(quantity, table,
               [](const Column& c, ColumnRef) { return is_quantity(c.natural_name); }) &&
           set(price, table, [](const Column& c, ColumnRef) { return is_price(c.natural_name); });
  }

  bool draw_adjective() {
    const Adjectives& chosen = adjectives[pick(random_, adjectives.size())];
    const auto number = number_column();
    if (!set(scene_.number, scene_.table, [&](const Column& column, ColumnRef ref) {
          return number(column, ref) && has_word(column.natural_name, chosen.words);
        })) {
      return false;
    }
    scene_.most = chosen.most;
    scene_.least = chosen.least;
    scene_.over = chosen.over;
    scene_.under = chosen.under;
    return true;
  }

  bool draw_child_columns() {
    if (scene_.child < 0) return true;
    if (wants(needs_child_text) && !set(scene_.child_text, scene_.child, text_column())) {
      return false;
    }
    if (wants(needs_child_time) && !set_main_time(scene_.child_time, scene_.child)) return false;
    if (wants(needs_side_time) && !draw_side_time()) return false;
    if (wants(needs_child_product)) {
      return draw_product(scene_.child, scene_.child_number, scene_.child_price);
    }
    if (wants(needs_child_quantity)) {
      return set(scene_.child_number, scene_.child, quantity_column());
    }
    if (wants(needs_child_amount)) return set(scene_.child_number, scene_.child, amount_column());
    return !wants(needs_child_number) || set(scene_.child_number, scene_.child, number_column());
  }

  std::string sample(ColumnRef column, const std::function<bool(const std::string&)>& test) {
    const auto& samples = schema_.column(column).sample_values;
    if (samples.empty()) return {};
    for (int tries = 0; tries < 5; ++tries) {
      const std::string& value = samples[pick(random_, samples.size())];
      if (!value.empty() && value.size() <= 40 && test(value)) return value;
    }
    return {};
  }

  bool draw_values() {
    const auto any = [](const std::string&) { return true; };
    if (wants(needs_text)) {
      scene_.text_value = sample(scene_.text, any);
      scene_.text_value2 =
          sample(scene_.text, [this](const auto& v) { return v != scene_.text_value; });
      if (scene_.text_value.empty()) return false;
    }
    if (wants(needs_child_text)) {
      scene_.child_text_value = sample(scene_.child_text, any);
      if (scene_.child_text_value.empty()) return false;
    }
    if (wants(needs_number | needs_adjective) && !wants(needs_product)) {
      scene_.number_value = sample(scene_.number, looks_like_number);
      scene_.number_value2 = sample(scene_.number, looks_like_number);
      if (scene_.number_value.empty() || scene_.number_value2.empty()) return false;
    }
    if (wants(needs_name_value)) {
      scene_.name_value = sample(scene_.name, any);
      if (scene_.name_value.empty()) return false;
    }
    if (!draw_dates()) return false;
    scene_.count = 2 + static_cast<int>(pick(random_, 9));
    return true;
  }

  bool draw_dates() {
    const ColumnRef when = wants(needs_child_time)  ? scene_.child_time
                           : wants(needs_side_time) ? scene_.side_time
                                                    : scene_.time;
    if (when.table < 0) return true;
    const std::string date = sample(when, looks_like_date);
    if (date.empty() || !looks_like_number(date.substr(0, 4)) ||
        !looks_like_number(date.substr(5, 2))) {
      return false;
    }
    scene_.year = date.substr(0, 4);
    scene_.next_year =
        std::to_string(std::stoi(scene_.year) + 1 + static_cast<int>(pick(random_, 3)));
    scene_.month = date.substr(0, 7);
    const int month = std::stoi(date.substr(5, 2));
    if (month < 1 || month > 12) return false;
    scene_.month_name =
        std::string(month_names[static_cast<std::size_t>(month - 1)]) + " " + scene_.year;
    return true;
  }

  const Schema& schema_;
  unsigned needs_;
  Random& random_;
  Scene scene_;
};

}  // namespace

std::optional<Scene> draw_scene(const Schema& schema, unsigned needs, Random& random) {
  return Drawing(schema, needs, random).draw();
}

}  // namespace idi::synth
