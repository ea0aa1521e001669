#include "idi/dataset/spider_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "file_content.hpp"
#include "json_text.hpp"

namespace idi::dataset {

namespace json = boost::json;

namespace {

constexpr std::uintmax_t max_tables_file_bytes = std::uintmax_t{256} << 20;

ColumnType type_of_word(std::string_view word) {
  if (word == "text") return ColumnType::text;
  if (word == "number") return ColumnType::number;
  if (word == "time") return ColumnType::time;
  if (word == "boolean") return ColumnType::boolean;
  return ColumnType::other;
}

/// Reads one entry; every access is checked, the first fault is kept.
class EntryReader {
 public:
  EntryReader(const json::object& entry, std::string where)
      : entry_(entry), where_(std::move(where)) {}

  Result<Schema> read(std::string db_id) {
    schema_.name = std::move(db_id);
    IDI_CHECK(read_tables());
    IDI_CHECK(read_columns());
    IDI_CHECK(read_primary_keys());
    IDI_CHECK(read_foreign_keys());
    return std::move(schema_);
  }

 private:
  [[nodiscard]] Error wrong(std::string_view what) const {
    return make_error(ErrorCode::invalid_argument, fmt::format("{}: {}", where_, what),
                      "the file should be in the format of Spider's tables.json");
  }

  Result<const json::array*> list(std::string_view key) const {
    const json::value* member = entry_.if_contains(key);
    if (member == nullptr || !member->is_array()) {
      return wrong(fmt::format("\"{}\" is missing or no list", key));
    }
    return &member->get_array();
  }

  Status read_tables() {
    IDI_TRY(const json::array* names, list("table_names_original"));
    IDI_TRY(const json::array* natural, list("table_names"));
    if (names->size() != natural->size()) {
      return wrong("\"table_names\" and \"table_names_original\" differ in length");
    }
    for (std::size_t i = 0; i < names->size(); ++i) {
      const auto* name = (*names)[i].if_string();
      const auto* words = (*natural)[i].if_string();
      if (name == nullptr || words == nullptr) return wrong("a table's name is no text");
      Table table;
      table.name = std::string(name->data(), name->size());
      table.natural_name = std::string(words->data(), words->size());
      schema_.tables.push_back(std::move(table));
    }
    return {};
  }

  /// [table index, name] → the name; nullopt if it is something else.
  static std::optional<std::pair<std::int64_t, std::string>> column_pair(const json::value& value) {
    const json::array* pair = value.if_array();
    if (pair == nullptr || pair->size() != 2) return std::nullopt;
    const std::int64_t* table = (*pair)[0].if_int64();
    const json::string* name = (*pair)[1].if_string();
    if (table == nullptr || name == nullptr) return std::nullopt;
    return std::pair{*table, std::string(name->data(), name->size())};
  }

  Status read_columns() {
    IDI_TRY(const json::array* names, list("column_names_original"));
    IDI_TRY(const json::array* natural, list("column_names"));
    IDI_TRY(const json::array* types, list("column_types"));
    if (names->size() != natural->size() || names->size() != types->size()) {
      return wrong("the lists of column names and types differ in length");
    }
    for (std::size_t i = 0; i < names->size(); ++i) {
      auto name = column_pair((*names)[i]);
      auto words = column_pair((*natural)[i]);
      const json::string* type = (*types)[i].if_string();
      if (!name || !words || type == nullptr) {
        return wrong(fmt::format("column {} is not [table, name] with a type", i));
      }
      if (name->first == -1) {  // the star
        places_.push_back(ColumnRef{});
        continue;
      }
      if (name->first < 0 || name->first >= static_cast<std::int64_t>(schema_.tables.size())) {
        return wrong(fmt::format("column {} names a table that is not there", i));
      }
      Column column;
      column.name = std::move(name->second);
      column.natural_name = std::move(words->second);
      column.type = type_of_word(std::string_view(type->data(), type->size()));
      auto& columns = schema_.tables[static_cast<std::size_t>(name->first)].columns;
      places_.push_back({static_cast<int>(name->first), static_cast<int>(columns.size())});
      columns.push_back(std::move(column));
    }
    return {};
  }

  [[nodiscard]] std::optional<ColumnRef> place(const json::value& value) const {
    const std::int64_t* index = value.if_int64();
    if (index == nullptr || *index < 0 || *index >= static_cast<std::int64_t>(places_.size())) {
      return std::nullopt;
    }
    const ColumnRef ref = places_[static_cast<std::size_t>(*index)];
    return ref.table < 0 ? std::nullopt : std::optional(ref);
  }

  Status mark_primary(const json::value& value) {
    if (const json::array* several = value.if_array()) {  // a key of several columns
      for (const json::value& one : *several) IDI_CHECK(mark_primary(one));
      return {};
    }
    const auto ref = place(value);
    if (!ref) return wrong("a primary key names a column that is not there");
    schema_.tables[static_cast<std::size_t>(ref->table)]
        .columns[static_cast<std::size_t>(ref->column)]
        .primary_key = true;
    return {};
  }

  Status read_primary_keys() {
    IDI_TRY(const json::array* keys, list("primary_keys"));
    for (const json::value& key : *keys) IDI_CHECK(mark_primary(key));
    return {};
  }

  Status read_foreign_keys() {
    IDI_TRY(const json::array* keys, list("foreign_keys"));
    for (const json::value& key : *keys) {
      const json::array* pair = key.if_array();
      if (pair == nullptr || pair->size() != 2) return wrong("a foreign key is not [from, to]");
      const auto from = place((*pair)[0]);
      const auto to = place((*pair)[1]);
      if (!from || !to) return wrong("a foreign key names a column that is not there");
      schema_.foreign_keys.push_back({*from, *to, true});
    }
    return {};
  }

  const json::object& entry_;
  std::string where_;
  Schema schema_;
  std::vector<ColumnRef> places_;  // by the file's column number; the star has none
};

}  // namespace

Result<SpiderTables> SpiderTables::parse(std::string_view content, std::string_view name) {
  IDI_TRY(const json::value whole, parse_json(content, name));
  if (!whole.is_array()) {
    return make_error(ErrorCode::invalid_argument, fmt::format("{}: no list of databases", name),
                      "the file should be in the format of Spider's tables.json");
  }
  SpiderTables tables;
  std::size_t number = 0;
  for (const json::value& value : whole.get_array()) {
    const std::string where = fmt::format("{}, entry {}", name, ++number);
    const json::object* entry = value.if_object();
    auto db_id = entry == nullptr ? std::nullopt : text_member(*entry, "db_id");
    if (!db_id) {
      return make_error(ErrorCode::invalid_argument, fmt::format("{} has no \"db_id\"", where),
                        "the file should be in the format of Spider's tables.json");
    }
    IDI_TRY(Schema schema, EntryReader(*entry, fmt::format("{} ({})", where, *db_id)).read(*db_id));
    tables.schemas_.insert_or_assign(std::move(*db_id), std::move(schema));
  }
  return tables;
}

Result<SpiderTables> SpiderTables::read(const std::filesystem::path& file) {
  IDI_TRY(const std::string content, read_file(file, max_tables_file_bytes));
  return parse(content, file.string());
}

const Schema* SpiderTables::find(std::string_view db_id) const {
  const auto found = schemas_.find(db_id);
  return found == schemas_.end() ? nullptr : &found->second;
}

void apply_spider_tables(Schema& schema, const Schema& described) {
  const auto same_place = [&](ColumnRef ref) -> std::optional<ColumnRef> {
    const auto table = schema.find_table(described.table_of(ref).name);
    if (!table) return std::nullopt;
    const auto column = schema.find_column(*table, described.column(ref).name);
    return column ? std::optional(ColumnRef{*table, *column}) : std::nullopt;
  };
  for (std::size_t t = 0; t < described.tables.size(); ++t) {
    const Table& from = described.tables[t];
    const auto table = schema.find_table(from.name);
    if (!table) continue;
    Table& to = schema.tables[static_cast<std::size_t>(*table)];
    to.natural_name = from.natural_name;
    for (const Column& column : from.columns) {
      const auto index = schema.find_column(*table, column.name);
      if (!index) continue;
      Column& target = to.columns[static_cast<std::size_t>(*index)];
      target.natural_name = column.natural_name;
      if (column.type != ColumnType::other) target.type = column.type;
      target.primary_key |= column.primary_key;
    }
  }
  for (const ForeignKey& key : described.foreign_keys) {
    const auto from = same_place(key.from);
    const auto to = same_place(key.to);
    if (!from || !to) continue;
    const bool known = std::any_of(
        schema.foreign_keys.begin(), schema.foreign_keys.end(),
        [&](const ForeignKey& other) { return other.from == *from && other.to == *to; });
    if (!known) schema.foreign_keys.push_back({*from, *to, true});
  }
}

}  // namespace idi::dataset
