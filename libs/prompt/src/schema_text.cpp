#include <algorithm>
#include <set>
#include <string>

#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"
#include "idi/prompt/chat_prompt.hpp"
#include "plain_data.hpp"
#include "spelling.hpp"

namespace idi::prompt {

namespace {

constexpr std::size_t max_type_bytes = 24;
/// Of all samples of one column: addresses and descriptions tell little for their length.
constexpr std::size_t max_samples_bytes = 60;

bool is_type_char(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ' ';
}

/// "varchar(20)" is no more to a reader than VARCHAR. SQLite takes any text for a type.
std::string type_text(const Column& column) {
  std::string type = column.declared_type.substr(0, column.declared_type.find('('));
  if (type.empty()) type = column_type_name(column.type);
  for (char& c : type) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  type.erase(std::find_if_not(type.begin(), type.end(), is_type_char), type.end());
  return plain_data(type, max_type_bytes);
}

/// In double quotes, after a comma; empty for none.
std::string comment_text(std::string_view comment, int max_bytes) {
  if (max_bytes <= 0) return {};
  std::string plain = plain_data(comment, static_cast<std::size_t>(max_bytes));
  if (plain.empty()) return {};
  std::replace(plain.begin(), plain.end(), '"', '\'');
  return ", \"" + plain + '"';
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.-+eE") == std::string_view::npos;
}

std::string samples_text(const Column& column, const SchemaDetail& detail) {
  // One date shows how all are written.
  const int wanted = column.type == ColumnType::time ? std::min(detail.samples, 1) : detail.samples;
  std::string list;
  int shown = 0;
  for (const std::string& sample : column.sample_values) {
    if (shown == wanted) break;
    const auto max_bytes = static_cast<std::size_t>(detail.max_sample_bytes);
    const bool number = column.type != ColumnType::text && is_number(sample);
    const std::string text = number ? sample.substr(0, max_bytes) : quoted_cell(sample, max_bytes);
    if (shown > 0 && list.size() + text.size() > max_samples_bytes) continue;
    list += (shown++ == 0 ? "" : ", ") + text;
  }
  return list.empty() ? std::string() : ", Examples: [" + list + ']';
}

class SchemaWriter {
 public:
  SchemaWriter(const Schema& schema, const grammar::Scope& scope, Dialect dialect,
               const SchemaDetail& detail)
      : schema_(schema), dialect_(dialect), detail_(detail), scope_(scope) {
    const std::set<ColumnRef> shown(scope.columns.begin(), scope.columns.end());
    for (const ForeignKey& key : schema.foreign_keys) {
      if (!shown.contains(key.from) || !shown.contains(key.to)) continue;
      keys_.push_back(key);
      referring_.insert(key.from);
    }
  }

  std::string write() const {
    // A scope's order is that of a question; the text is the same for all of them.
    const std::set<int> tables(scope_.tables.begin(), scope_.tables.end());
    std::string text;
    for (const int table : tables) text += table_text(table);
    if (keys_.empty()) return text;
    text += "Foreign keys:\n";
    for (const ForeignKey& key : keys_)
      text += spelled_qualified(schema_, key.from, dialect_) + " = " +
              spelled_qualified(schema_, key.to, dialect_) + '\n';
    return text;
  }

 private:
  std::string table_text(int index) const {
    const Table& table = schema_.tables[static_cast<std::size_t>(index)];
    std::string text = table.kind == TableKind::view ? "# View: " : "# Table: ";
    text += spelled_table(schema_, index, dialect_) +
            comment_text(table.comment, detail_.max_comment_bytes) + "\n[\n";
    for (const ColumnRef column : scope_.columns)
      if (column.table == index) text += column_text(column);
    return text + "]\n";
  }

  std::string column_text(ColumnRef ref) const {
    const Column& column = schema_.column(ref);
    const bool refers = referring_.contains(ref);
    std::string text = '(' + spelled_column(schema_, ref, dialect_) + ':' + type_text(column);
    if (column.primary_key) text += ", Primary Key";
    if (refers) text += ", Foreign Key";
    text += comment_text(column.comment, detail_.max_comment_bytes);
    // Numbers that only join tell nothing.
    const bool number = (column.primary_key || refers) && column.type == ColumnType::number;
    if (!number) text += samples_text(column, detail_);
    return text + ")\n";
  }

  const Schema& schema_;
  Dialect dialect_;
  SchemaDetail detail_;
  const grammar::Scope& scope_;
  std::vector<ForeignKey> keys_;  ///< Both ends shown.
  std::set<ColumnRef> referring_;
};

}  // namespace

std::string schema_text(const Schema& schema, const grammar::Scope& scope, Dialect dialect,
                        const SchemaDetail& detail) {
  for (const ColumnRef column : scope.columns)
    IDI_ASSERT(column.table >= 0 && static_cast<std::size_t>(column.table) < schema.tables.size() &&
               column.column >= 0 &&
               static_cast<std::size_t>(column.column) < schema.table_of(column).columns.size());
  return SchemaWriter(schema, scope, dialect, detail).write();
}

}  // namespace idi::prompt
