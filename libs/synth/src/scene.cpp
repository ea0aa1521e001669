#include "scene.hpp"

#include <algorithm>
#include <functional>
#include <vector>

#include "column_tests.hpp"
#include "samples.hpp"
#include "template.hpp"
#include "word_roles.hpp"

namespace idi::synth {
namespace {

class Drawing {
 public:
  Drawing(const Schema& schema, std::uint64_t needs, Random& random)
      : schema_(schema), tests_(schema), needs_(needs), random_(random) {
    scene_.schema = &schema;
  }

  std::optional<Scene> draw() {
    if (schema_.tables.empty()) return std::nullopt;
    scene_.table = static_cast<int>(pick(random_, schema_.tables.size()));
    if (wants(about_child) && !draw_child()) return std::nullopt;
    const bool drawn = fits_words() && draw_key() && draw_columns() && draw_child_columns() &&
                       draw_grand() && draw_parent() && draw_values();
    return drawn ? std::optional{scene_} : std::nullopt;
  }

 private:
  static constexpr std::uint64_t about_grand =
      needs_grand | needs_grand_quantity | needs_grand_money | needs_grand_time | needs_grand_deed;
  static constexpr std::uint64_t about_child =
      about_grand | needs_child | needs_child_text | needs_child_number | needs_child_time |
      needs_child_quantity | needs_child_product | needs_side_time | needs_child_amount |
      needs_child_money | needs_child_deed | needs_doing | needs_workplace;

  [[nodiscard]] bool wants(std::uint64_t needs) const { return (needs_ & needs) != 0; }

  std::optional<ColumnRef> column_of(int table, const ColumnTest& test) {
    std::vector<ColumnRef> found;
    const auto& columns = schema_.tables[static_cast<std::size_t>(table)].columns;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const ColumnRef ref{table, static_cast<int>(c)};
      if (test(columns[c], ref)) found.push_back(ref);
    }
    if (found.empty()) return std::nullopt;
    return found[pick(random_, found.size())];
  }

  bool set(ColumnRef& target, int table, const ColumnTest& test) {
    const auto found = column_of(table, test);
    if (found) target = *found;
    return found.has_value();
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

  [[nodiscard]] const std::string& words(int table) const {
    return schema_.tables[static_cast<std::size_t>(table)].natural_name;
  }

  /// What the tables' names must be good for.
  bool fits_words() {
    const std::string& table = words(scene_.table);
    if (wants(needs_person) && !is_person(table)) return false;
    if (wants(needs_payer) && !is_customer(table)) return false;
    if (wants(needs_workplace) && !(is_workplace(table) && is_staff(words(scene_.child)))) {
      return false;
    }
    if (wants(needs_doing)) {
      const auto doing = doing_of(table, words(scene_.child));
      if (!doing) return false;
      scene_.doing = *doing;
    }
    // People are not what is done with.
    if (wants(needs_child_deed | needs_grand_deed) && is_person(table)) return false;
    return !wants(needs_child_deed) || set_deed(scene_.deed, scene_.child);
  }

  bool set_deed(std::string& target, int table) {
    const auto deed = deed_of(words(table));
    if (deed) target = *deed;
    return deed.has_value();
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
    if (wants(needs_text | needs_place | needs_status) && !draw_text()) return false;
    if (wants(needs_flag) && !draw_flag()) return false;
    if (wants(needs_verb_time) && !draw_verb_time()) return false;
    if (wants(needs_margin)) return draw_margin();
    if (wants(needs_many_times) && !set(scene_.time, scene_.table, tests_.time())) return false;
    if (wants(needs_time) && !set_main_time(scene_.time, scene_.table)) return false;
    if (wants(needs_amount)) return set(scene_.number, scene_.table, tests_.amount());
    if (wants(needs_product)) return draw_product(scene_.table, scene_.number, scene_.price);
    if (wants(needs_adjective)) return draw_adjective();
    return !wants(needs_number) || set(scene_.number, scene_.table, tests_.number());
  }

  bool draw_text() {
    const auto text = tests_.text();
    return set(scene_.text, scene_.table, [&](const Column& column, ColumnRef ref) {
      const bool fits = (!wants(needs_place) || is_place_column(column.natural_name)) &&
                        (!wants(needs_status) || is_status(column.natural_name));
      return fits && text(column, ref);
    });
  }

  bool draw_flag() {
    const bool found = set(scene_.flag, scene_.table, [&](const Column& column, ColumnRef) {
      const auto& samples = column.sample_values;
      return !samples.empty() && std::all_of(samples.begin(), samples.end(), is_yes_or_no) &&
             !adjective_of(column.natural_name).empty();
    });
    if (found) scene_.flag_word = adjective_of(scene_.natural(scene_.flag));
    return found;
  }

  bool draw_verb_time() {
    const auto time = tests_.time();
    const bool found = set(scene_.time, scene_.table, [&](const Column& column, ColumnRef ref) {
      return time(column, ref) && date_verb_of(column.natural_name) != nullptr;
    });
    if (!found) return false;
    const DateVerb& verb = *date_verb_of(scene_.natural(scene_.time));
    scene_.date_participle = verb.participle;
    scene_.date_past = verb.past;
    return true;
  }

  bool draw_margin() {
    const auto number = tests_.number();
    return set(scene_.number, scene_.table,
               [&](const Column& column, ColumnRef ref) {
                 return number(column, ref) && ends_with_word(column.natural_name, "price") &&
                        !is_own_cost(column.natural_name);
               }) &&
           set(scene_.price, scene_.table, [&](const Column& column, ColumnRef ref) {
             return number(column, ref) && is_own_cost(column.natural_name);
           });
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

  bool set_main_time(ColumnRef& target, int table) {
    const auto time = tests_.main_time(table);
    if (time) target = *time;
    return time.has_value();
  }

  /// A date of the table, or of another one that it refers to: the order of an order line.
  bool draw_time_of(int table, int not_over, ColumnRef& target) {
    if (set_main_time(target, table)) return true;
    for (const ForeignKey& key : schema_.foreign_keys) {
      const bool other =
          key.from.table == table && key.to.table != not_over && key.to.table != table;
      if (other && set_main_time(target, key.to.table)) return true;
    }
    return false;
  }

  bool draw_product(int table, ColumnRef& quantity, ColumnRef& price) {
    return set(quantity, table,
               [](const Column& c, ColumnRef) { return is_quantity(c.natural_name); }) &&
           set(price, table, [](const Column& c, ColumnRef) { return is_price(c.natural_name); });
  }

  /// What the rows of a table came to: an amount, or else quantity and price.
  bool draw_money(int table, ColumnRef& number, ColumnRef& price) {
    return set(number, table, tests_.amount()) || draw_product(table, number, price);
  }

  bool draw_grand() {
    if (!wants(about_grand)) return true;
    std::vector<int> tables;
    for (const ForeignKey& key : schema_.foreign_keys) {
      if (key.to.table == scene_.child && key.from.table != scene_.child &&
          key.from.table != scene_.table) {
        tables.push_back(key.from.table);
      }
    }
    if (tables.empty()) return false;
    scene_.grand = tables[pick(random_, tables.size())];
    if (wants(needs_grand_deed) && !set_deed(scene_.grand_deed, scene_.grand)) return false;
    if (wants(needs_grand_quantity) && !set(scene_.grand_number, scene_.grand, tests_.quantity())) {
      return false;
    }
    if (wants(needs_grand_money) &&
        !draw_money(scene_.grand, scene_.grand_number, scene_.grand_price)) {
      return false;
    }
    return !wants(needs_grand_time) || draw_time_of(scene_.grand, scene_.child, scene_.grand_time);
  }

  bool draw_parent() {
    if (!wants(needs_parent)) return true;
    std::vector<ForeignKey> keys;
    for (const ForeignKey& key : schema_.foreign_keys) {
      if (key.from.table == scene_.table && key.to.table != scene_.table) keys.push_back(key);
    }
    if (keys.empty()) return false;
    const ForeignKey& key = keys[pick(random_, keys.size())];
    scene_.parent = key.to.table;
    scene_.parent_key = key.from;
    return true;
  }

  bool draw_adjective() {
    const Adjectives& chosen = adjectives()[pick(random_, adjectives().size())];
    const auto number = tests_.number();
    const bool priced = column_of(scene_.table, [](const Column& column, ColumnRef) {
                          return ends_with_word(column.natural_name, "price");
                        }).has_value();
    if (!set(scene_.number, scene_.table, [&](const Column& column, ColumnRef ref) {
          return number(column, ref) && ends_with_word(column.natural_name, chosen.words) &&
                 !(priced && is_own_cost(column.natural_name));
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
    if (wants(needs_child_text) && !set(scene_.child_text, scene_.child, tests_.text())) {
      return false;
    }
    if (wants(needs_child_time) && !set_main_time(scene_.child_time, scene_.child)) return false;
    if (wants(needs_side_time) && !draw_time_of(scene_.child, scene_.table, scene_.side_time)) {
      return false;
    }
    if (wants(needs_child_money)) {
      return draw_money(scene_.child, scene_.child_number, scene_.child_price);
    }
    if (wants(needs_child_product)) {
      return draw_product(scene_.child, scene_.child_number, scene_.child_price);
    }
    if (wants(needs_child_quantity)) {
      return set(scene_.child_number, scene_.child, tests_.quantity());
    }
    if (wants(needs_child_amount)) return set(scene_.child_number, scene_.child, tests_.amount());
    return !wants(needs_child_number) || set(scene_.child_number, scene_.child, tests_.number());
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
    if (wants(needs_text | needs_place | needs_status)) {
      const auto fits = wants(needs_status) ? is_one_word : +any;
      scene_.text_value = sample(scene_.text, fits);
      scene_.text_value2 =
          sample(scene_.text, [this](const auto& v) { return v != scene_.text_value; });
      if (scene_.text_value.empty()) return false;
    }
    if (wants(needs_child_text)) {
      scene_.child_text_value = sample(scene_.child_text, any);
      if (scene_.child_text_value.empty()) return false;
    }
    if (wants(needs_number | needs_adjective | needs_amount) && !wants(needs_product)) {
      scene_.number_value = sample(scene_.number, looks_like_number);
      scene_.number_value2 = sample(scene_.number, looks_like_number);
      if (scene_.number_value.empty() || scene_.number_value2.empty()) return false;
    }
    if (wants(needs_name_value)) {
      for (const ColumnRef name : scene_.names) {
        scene_.name_values.push_back(sample(name, any));
        if (scene_.name_values.back().empty()) return false;
      }
    }
    if (!draw_dates()) return false;
    scene_.count = 2 + static_cast<int>(pick(random_, 9));
    return true;
  }

  bool draw_dates() {
    const ColumnRef when = wants(needs_child_time)   ? scene_.child_time
                           : wants(needs_side_time)  ? scene_.side_time
                           : wants(needs_grand_time) ? scene_.grand_time
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
    scene_.month_name = std::string(month_name(month)) + " " + scene_.year;
    return true;
  }

  const Schema& schema_;
  ColumnTests tests_;
  std::uint64_t needs_;
  Random& random_;
  Scene scene_;
};

}  // namespace

std::optional<Scene> draw_scene(const Schema& schema, std::uint64_t needs, Random& random) {
  return Drawing(schema, needs, random).draw();
}

}  // namespace idi::synth
