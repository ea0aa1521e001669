#include "idi/synth/invent.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "idi/core/text.hpp"
#include "invent_words.hpp"
#include "phrasing.hpp"
#include "spelling.hpp"

namespace idi::synth {
namespace {

using Cell = std::function<std::string(int row)>;

struct InventedColumn {
  std::string words, type;
  Cell cell;  ///< An SQL literal.
  int refers_to = -1;
};
struct InventedTable {
  std::string noun;
  int rows = 0;
  std::vector<InventedColumn> columns;  ///< Without the key.
};

class Inventor {
 public:
  explicit Inventor(std::uint64_t seed) : random_(seed) {
    business_ = &businesses()[pick(random_, businesses().size())];
    spelling_ = static_cast<Spelling>(std::vector{0, 0, 0, 0, 1, 2, 2}[pick(random_, 7)]);
    plural_ = chance(random_, 0.6);
    long_keys_ = chance(random_, 0.6);
  }

  std::string script() {
    make_tables();
    std::string sql;
    for (const InventedTable& table : tables_) sql += definition(table);
    for (const InventedTable& table : tables_) sql += rows_of(table);
    return sql;
  }

 private:
  std::string choose(std::string_view wording) { return choose_alternatives(wording, random_); }
  bool maybe(double probability) { return chance(random_, probability); }

  // What is in a column.
  Cell from(std::vector<std::string> texts) {
    return [this, texts = std::move(texts)](int) {
      return sql_text(texts[pick(random_, texts.size())]);
    };
  }
  Cell number(int low, int high) {
    return [this, low, high](int) {
      return std::to_string(low +
                            static_cast<int>(pick(random_, static_cast<std::size_t>(high - low))));
    };
  }
  Cell money(int low, int high) {
    return [this, low, high](int) {
      const auto cents =
          low * 100 + static_cast<int>(pick(random_, static_cast<std::size_t>(high - low) * 100));
      return fmt::format("{}.{:02}", cents / 100, cents % 100);
    };
  }
  Cell date(const std::string& words, int first_year, int last_year, double missing = 0) {
    const bool clock = words.ends_with(" at");
    return [this, clock, first_year, last_year, missing](int) -> std::string {
      if (missing > 0 && chance(random_, missing)) return "NULL";
      const auto years = static_cast<std::size_t>(last_year - first_year + 1);
      std::string day =
          fmt::format("{}-{:02}-{:02}", first_year + static_cast<int>(pick(random_, years)),
                      1 + pick(random_, 12), 1 + pick(random_, 28));
      if (clock) day += fmt::format(" {:02}:{:02}:00", 7 + pick(random_, 14), pick(random_, 60));
      return sql_text(day);
    };
  }
  Cell city() {
    return [this](int) {
      return sql_text(std::string(cities()[pick(random_, cities().size())].name));
    };
  }
  Cell country() {
    return [this](int) {
      return sql_text(std::string(cities()[pick(random_, cities().size())].country));
    };
  }

  // Columns by what they are for.
  void add(InventedTable& table, std::string words, std::string type, Cell cell) {
    const bool there = std::any_of(table.columns.begin(), table.columns.end(),
                                   [&words](const auto& column) { return column.words == words; });
    if (!there) table.columns.push_back({std::move(words), std::move(type), std::move(cell), -1});
  }
  void add_date(InventedTable& table, std::string_view wording, int first, int last,
                double missing = 0) {
    const std::string words = choose(wording);
    add(table, words, words.ends_with(" at") ? "DATETIME" : "DATE",
        date(words, first, last, missing));
  }
  void add_money(InventedTable& table, std::string_view wording, int low, int high) {
    add(table, choose(wording), choose("{DECIMAL(10,2)|REAL|NUMERIC|DOUBLE}"), money(low, high));
  }
  void add_flag(InventedTable& table, std::string_view wording) {
    add(table, choose(wording), choose("{BOOLEAN|INTEGER|TINYINT}"), number(0, 2));
  }
  void refer(InventedTable& table, int to, double missing = 0) {
    if (to < 0) return;
    const InventedTable& other = tables_[static_cast<std::size_t>(to)];
    const int rows = other.rows;
    InventedColumn column{other.noun + " id", "INTEGER", {}, to};
    column.cell = [this, rows, missing](int) -> std::string {
      if (missing > 0 && chance(random_, missing)) return "NULL";
      return std::to_string(1 + pick(random_, static_cast<std::size_t>(rows)));
    };
    table.columns.push_back(std::move(column));
  }
  void add_person(InventedTable& table) {
    const auto names = [this](std::span<const std::string_view> list) {
      return [this, list](int) { return sql_text(std::string(list[pick(random_, list.size())])); };
    };
    if (maybe(0.65)) {
      add(table, "first name", "TEXT", names(first_names()));
      add(table, "last name", "TEXT", names(last_names()));
    } else {
      add(table, choose("{name|full name|name}"), "TEXT", [this](int) {
        return sql_text(std::string(first_names()[pick(random_, first_names().size())]) + " " +
                        std::string(last_names()[pick(random_, last_names().size())]));
      });
    }
    if (maybe(0.5)) {
      add(table, choose("{email|mail|email address}"), "TEXT", [](int row) {
        return row % 7 == 0 ? std::string("NULL") : sql_text(fmt::format("m{}@mail.example", row));
      });
    }
    if (maybe(0.3)) {
      add(table, choose("{phone|telephone|phone number}"), "TEXT", [](int row) {
        return row % 5 == 0 ? std::string("NULL") : sql_text(fmt::format("555-{:04}", row));
      });
    }
  }
  void add_place(InventedTable& table, double probability) {
    if (maybe(probability)) add(table, choose("{city|city|town}"), "TEXT", city());
    if (maybe(probability)) add(table, choose("{country|country|region}"), "TEXT", country());
  }

  int keep(InventedTable table) {
    // People put columns in any order, the dates and amounts too.
    if (maybe(0.5)) {
      for (std::size_t i = table.columns.size(); i > 1; --i) {
        std::swap(table.columns[i - 1], table.columns[pick(random_, i)]);
      }
    }
    tables_.push_back(std::move(table));
    return static_cast<int>(tables_.size()) - 1;
  }
  /// A noun that no other table has.
  InventedTable table_of(std::string_view wording, int rows) {
    std::string noun = choose(wording);
    const auto taken = [&] {
      return std::any_of(tables_.begin(), tables_.end(),
                         [&noun](const auto& table) { return table.noun == noun; });
    };
    for (int tries = 0; tries < 8 && taken(); ++tries) noun = choose(wording);
    if (taken()) noun = "other " + noun;
    return {std::move(noun), rows, {}};
  }

  // The tables, those first that others refer to.
  void make_tables() {
    const int place = maybe(0.75) ? make_place() : -1;
    const int staff = maybe(0.75) ? make_staff(place) : -1;
    const int payer = make_payer(staff);
    const int group = maybe(0.75) ? make_group() : -1;
    const int maker = !business_->maker.empty() && maybe(0.55) ? make_maker() : -1;
    const int item = make_item(group, maker);
    const bool lines = !business_->line.empty() && maybe(0.85);
    const int event = make_event(payer, staff, place, lines ? -1 : item);
    const int line = lines ? make_line(event, item) : -1;
    if (maybe(0.6)) make_after(lines && maybe(0.6) ? line : event);
  }

  int make_place() {
    InventedTable table = table_of(business_->place, 8);
    add(table, "name", "TEXT", [this](int row) {
      return sql_text(std::string(cities()[static_cast<std::size_t>(row) % cities().size()].name) +
                      (row % 2 == 0 ? "" : " " + choose("{Centre|North|Station|Old Town}")));
    });
    add_place(table, 0.8);
    add_date(table, "{opened on|opening date|founded on|opened}", 1990, 2024);
    if (maybe(0.2)) add_date(table, "{closed on|closing date}", 2020, 2024, 0.7);
    if (maybe(0.6)) {
      add(table, choose("{floor space|size|capacity|area|seats}"), "INTEGER", number(40, 2400));
    }
    return keep(std::move(table));
  }
  int make_staff(int place) {
    InventedTable table = table_of(business_->staff, 24);
    add_person(table);
    if (maybe(0.7)) {
      add(table, choose("{position|role|job|title}"), "TEXT",
          from({"Manager", "Assistant", "Trainee", "Head", "Specialist", "Accountant"}));
    }
    add_date(table, "{hire date|hired on|employed since|start date|hiring date|joined on}", 2005,
             2024);
    if (maybe(0.25))
      add_date(table, "{left on|leaving date|date of birth|birth date}", 2020, 2024, 0.5);
    if (maybe(0.7)) {
      add(table, choose("{salary|wage|monthly salary|annual salary}"), "INTEGER",
          number(1800, 9900));
    }
    refer(table, place, 0.15);
    return keep(std::move(table));
  }
  int make_payer(int staff) {
    InventedTable table = table_of(business_->payer, 50);
    add_person(table);
    add_place(table, 0.75);
    if (maybe(0.5)) add_date(table, "{birth date|date of birth|born on}", 1950, 2005);
    add_date(table,
             "{registered on|registration date|signup date|joined on|created at|member since|join "
             "date|account created}",
             2012, 2024);
    if (maybe(0.3)) add_date(table, "{last login|updated at|last seen|cancelled on}", 2023, 2024);
    if (maybe(0.4)) add_flag(table, "{active|is active|vip|verified|subscribed|blocked|insured}");
    if (maybe(0.3))
      add(table, choose("{points|age|credit limit|bonus points}"), "INTEGER", number(1, 99));
    if (maybe(0.3)) refer(table, staff, 0.2);
    return keep(std::move(table));
  }
  int make_group() {
    InventedTable table = table_of(business_->group, 6);
    const auto names = text::split(std::string(business_->groups), ',');
    add(table, "name", "TEXT",
        [names](int row) { return sql_text(names[static_cast<std::size_t>(row) % names.size()]); });
    if (maybe(0.4))
      add(table, "description", "TEXT", from({"all of it", "since the start", "new"}));
    return keep(std::move(table));
  }
  int make_maker() {
    InventedTable table = table_of(business_->maker, 8);
    add(table, choose("{name|company name|name}"), "TEXT", [this](int row) {
      return sql_text(
          std::string(last_names()[static_cast<std::size_t>(row) % last_names().size()]) +
          choose("{ Ltd| & Sons| Works| Inc| Trading|}"));
    });
    add_place(table, 0.6);
    if (maybe(0.3)) add_date(table, "{founded on|partner since|contract start}", 1980, 2020);
    return keep(std::move(table));
  }
  int make_item(int group, int maker) {
    InventedTable table = table_of(business_->item, 30);
    const auto names = text::split(std::string(business_->items), ',');
    add(table, choose("{name|name|title}"), "TEXT", [this, names](int) {
      return sql_text(std::string(epithets()[pick(random_, epithets().size())]) + " " +
                      names[pick(random_, names.size())]);
    });
    refer(table, group);
    refer(table, maker, 0.1);
    const bool cost = maybe(0.4);
    if (cost) add_money(table, "{cost|purchase price|cost price|buying price}", 1, 300);
    add_money(table, "{price|list price|price|retail price|sale price}", 2, 600);
    if (maybe(0.3))
      add(table, choose("{weight|length|duration|size|height}"), "INTEGER", number(1, 900));
    if (maybe(0.3))
      add(table, choose("{stock|units in stock|available units}"), "INTEGER", number(0, 400));
    if (maybe(0.45)) {
      add_date(table, "{launched on|released on|introduced|added on|published on|launch date}",
               2010, 2024);
    }
    if (maybe(0.35))
      add_flag(table, "{discontinued|available|retired|archived|is active|reserved}");
    return keep(std::move(table));
  }
  int make_event(int payer, int staff, int place, int item) {
    InventedTable table = table_of(business_->event, 90);
    refer(table, payer);
    refer(table, staff, 0.2);
    refer(table, place);
    refer(table, item);
    add_date(table, business_->event_date, 2019, 2024);
    if (maybe(0.6)) {
      add_date(table,
               "{paid on|paid at|shipped at|shipping date|delivered on|delivery date|sent on|due "
               "date|completed at|cancelled on|returned on|closed on|payment date|dispatched on}",
               2019, 2024, 0.4);
    }
    if (maybe(0.3))
      add_date(table, "{due date|updated at|delivered at|expires on}", 2019, 2024, 0.2);
    if (maybe(0.55)) {
      add(table, choose("{status|state|status}"), "TEXT",
          from({choose("{open|new|pending}"), choose("{paid|confirmed|shipped}"),
                choose("{cancelled|rejected}"), choose("{completed|closed|finished}")}));
    }
    if (maybe(0.5)) {
      add(table, choose("{channel|payment type|payment method|source|paid with}"), "TEXT",
          from({"cash", "card", "transfer", "online", "phone"}));
    }
    if (maybe(0.5)) {
      add_money(
          table,
          "{shipping fee|delivery fee|tax|discount|tip|deposit|freight|service fee|shipping cost}",
          0, 40);
    }
    if (item >= 0 && maybe(0.4))
      add(table, choose("{quantity|qty|units}"), "INTEGER", number(1, 9));
    if (maybe(0.8)) {
      add_money(table,
                "{total|amount|total amount|grand total|amount paid|" + table.noun +
                    " total|total price|net amount|" + table.noun + " value|sum|revenue}",
                5, 2000);
    }
    return keep(std::move(table));
  }
  int make_line(int event, int item) {
    InventedTable table = table_of(business_->line, 160);
    refer(table, event);
    refer(table, item);
    add(table, choose("{quantity|qty|units|quantity|pieces}"), "INTEGER", number(1, 9));
    add_money(table, "{unit price|price|price per unit|sale price}", 2, 600);
    if (maybe(0.35)) add_money(table, "{discount|tax|vat}", 0, 30);
    if (maybe(0.5))
      add_money(table, "{amount|line amount|subtotal|total|line total|total price}", 5, 900);
    return keep(std::move(table));
  }
  void make_after(int about) {
    InventedTable table = table_of(business_->after, 40);
    refer(table, about);
    add_date(table, business_->after_date, 2019, 2024);
    if (maybe(0.6)) {
      add(table, choose("{reason|cause|kind|topic}"), "TEXT",
          from({"too late", "broken", "unhappy", "mistake", "other"}));
    }
    if (maybe(0.5)) add_money(table, "{refunded|refund amount|compensation|fee}", 2, 300);
    if (maybe(0.3)) add(table, choose("{rating|score|stars}"), "INTEGER", number(1, 6));
    keep(std::move(table));
  }

  // How it is written.
  [[nodiscard]] std::string name_of(const InventedTable& table) const {
    return identifier(plural_ ? plural_of(table.noun) : table.noun, spelling_);
  }
  [[nodiscard]] std::string key_of(const InventedTable& table) const {
    return identifier(long_keys_ ? table.noun + " id" : "id", spelling_);
  }
  [[nodiscard]] std::string definition(const InventedTable& table) const {
    std::string sql = fmt::format("CREATE TABLE \"{}\" (\n  \"{}\" INTEGER PRIMARY KEY",
                                  name_of(table), key_of(table));
    for (const InventedColumn& column : table.columns) {
      sql += fmt::format(",\n  \"{}\" {}", identifier(column.words, spelling_), column.type);
      if (column.refers_to < 0) continue;
      const InventedTable& other = tables_[static_cast<std::size_t>(column.refers_to)];
      sql += fmt::format(" REFERENCES \"{}\" (\"{}\")", name_of(other), key_of(other));
    }
    return sql + "\n);\n";
  }
  [[nodiscard]] std::string rows_of(const InventedTable& table) const {
    std::string sql;
    for (int row = 1; row <= table.rows; ++row) {
      sql += fmt::format("{}({}",
                         row == 1 ? "INSERT INTO \"" + name_of(table) + "\" VALUES\n" : ",\n", row);
      for (const InventedColumn& column : table.columns) sql += ", " + column.cell(row);
      sql += ")";
    }
    return sql + ";\n";
  }

  Random random_;
  const Business* business_ = nullptr;
  Spelling spelling_ = Spelling::snake;
  bool plural_ = true, long_keys_ = true;
  std::vector<InventedTable> tables_;
};

}  // namespace

std::string invent_database(std::uint64_t seed) { return Inventor(seed).script(); }

}  // namespace idi::synth
