#include "idi/engine/understanding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "idi/core/text.hpp"
#include "idi/link/linker.hpp"
#include "word_lists.hpp"

namespace idi::engine {
namespace {

using Words = std::vector<link::QuestionToken>;

template <std::size_t N>
bool one_of(std::string_view word, const std::string_view (&list)[N]) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

std::string_view lower_at(const Words& words, std::size_t i) {
  return i < words.size() ? std::string_view(words[i].lower) : std::string_view();
}

/// Past "please", "can you", "I want to", "could you please …".
std::size_t skip_politeness(const Words& words) {
  std::size_t at = 0;
  while (at < words.size() &&
         one_of(words[at].lower,
                {"please", "can",  "could", "would", "will",   "you",  "i",   "we",
                 "want",   "need", "to",    "like",  "kindly", "just", "now", "let",
                 "us",     "go",   "ahead", "and",   "d",      "hey",  "hi",  "hello"})) {
    ++at;
  }
  return at;
}

/// A change is asked for by a verb that stands first and has an object: "delete all orders",
/// "drop table x". As a noun the same word is followed by something else: "change in price",
/// "update dates of …", "set sizes".
bool asks_for_change(const Words& words, std::size_t at, const Schema& schema) {
  const std::string_view verb = lower_at(words, at);
  if (!is_change_verb(verb)) return false;
  const std::string_view next = lower_at(words, at + 1);
  if (next.empty()) return true;
  if (one_of(next, {"in", "of", "up", "per", "by", "over", "between", "rate", "rates", "date",
                    "dates", "time", "times", "count", "counts"})) {
    return false;
  }
  // Views of the data can be "created" and "added up": only things of the database are changed.
  if (one_of(verb, {"create", "add", "set", "merge", "empty", "clear"})) {
    for (std::size_t i = at + 1; i < words.size() && i < at + 4; ++i) {
      if (one_of(words[i].lower, {"chart", "list", "report", "graph", "plot", "overview", "summary",
                                  "ranking", "query", "statement", "question"})) {
        return false;
      }
      if (words[i].lower == "table" &&
          one_of(lower_at(words, i + 1), {"of", "with", "showing", "that", "for", "listing"})) {
        return false;
      }
    }
  }
  if (one_of(next, {"all",  "the",       "every",      "each",     "any",        "a",     "an",
                    "this", "that",      "these",      "those",    "my",         "our",   "new",
                    "into", "from",      "table",      "database", "column",     "index", "view",
                    "row",  "rows",      "record",     "records",  "everything", "it",    "them",
                    "old",  "duplicate", "duplicates", "some",     "one",        "two"})) {
    return true;
  }
  // "delete customers older than …", "update salaries …": its object is a name of the schema.
  const auto stem = link::stem(next);
  return std::any_of(schema.tables.begin(), schema.tables.end(), [&](const Table& table) {
    const auto names = text::split(table.natural_name, ' ');
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return link::stem(name) == stem; });
  });
}

bool names_something(const Schema& schema, std::string_view stem) {
  const auto has = [&](const std::string& natural_name) {
    const auto words = text::split(natural_name, ' ');
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return link::stem(word) == stem; });
  };
  return std::any_of(schema.tables.begin(), schema.tables.end(), [&](const Table& table) {
    return has(table.natural_name) ||
           std::any_of(table.columns.begin(), table.columns.end(),
                       [&](const Column& column) { return has(column.natural_name); });
  });
}

bool is_filler(std::string_view word) {
  return is_function_word(word) ||
         one_of(word, {"data",        "database", "db",      "names",       "name",      "describe",
                       "description", "number",   "stored",  "different",   "structure", "schema",
                       "kind",        "kinds",    "sort",    "information", "explain",   "sql",
                       "type",        "types",    "current", "file"});
}

/// The table whose whole name stands among the words, as written or in words; the longest wins.
int table_named_in(const Words& words, const Schema& schema, std::vector<bool>& covered) {
  int best = -1;
  std::size_t best_length = 0, best_begin = 0;
  for (std::size_t t = 0; t < schema.tables.size(); ++t) {
    for (const std::string& name :
         {schema.tables[t].natural_name, text::to_lower_ascii(schema.tables[t].name)}) {
      const Words parts = link::tokenize(name);
      if (parts.empty() || parts.size() <= best_length || parts.size() > words.size()) continue;
      for (std::size_t i = 0; i + parts.size() <= words.size(); ++i) {
        const bool here =
            std::equal(parts.begin(), parts.end(), words.begin() + static_cast<std::ptrdiff_t>(i),
                       [](const auto& a, const auto& b) { return a.stem == b.stem; });
        if (!here) continue;
        best = static_cast<int>(t);
        best_length = parts.size();
        best_begin = i;
        break;
      }
    }
  }
  for (std::size_t i = 0; i < best_length; ++i) covered[best_begin + i] = true;
  return best;
}

/// Questions about the schema use words for its parts ("tables", "columns") and nothing else but
/// one table's name. A schema that has such words in its own names is asked about its data.
std::optional<Understanding> schema_question(const Words& words, const Schema& schema) {
  static constexpr std::string_view table_words[] = {"table", "tables", "relations", "views"};
  static constexpr std::string_view column_words[] = {"column", "columns",   "field",
                                                      "fields", "attribute", "attributes"};
  bool tables = false, columns = false, describe = false, about = false;
  for (const auto& word : words) {
    if (one_of(word.lower, table_words)) tables = true;
    if (one_of(word.lower, column_words)) columns = true;
    if (one_of(word.lower, {"describe", "schema", "structure"})) describe = true;
    if (one_of(word.lower, {"database", "data", "db"})) about = true;
    if ((one_of(word.lower, table_words) || one_of(word.lower, column_words) ||
         one_of(word.lower, {"schema", "structure", "database", "data"})) &&
        names_something(schema, word.stem)) {
      return std::nullopt;
    }
  }
  // "What can I ask?", "what do you know about?": nothing but function words.
  const bool empty = std::all_of(words.begin(), words.end(),
                                 [](const auto& word) { return is_function_word(word.lower); });
  const bool asks_for_help = std::any_of(words.begin(), words.end(), [](const auto& word) {
    return one_of(word.lower, {"ask", "know", "help", "here", "contain", "question"});
  });
  if (empty && asks_for_help) return Understanding{Intent::list_tables, {}, -1};
  if (!tables && !columns && !describe && !about) return std::nullopt;
  std::vector<bool> covered(words.size(), false);
  const int table = table_named_in(words, schema, covered);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (covered[i] || is_filler(words[i].lower) || one_of(words[i].lower, table_words) ||
        one_of(words[i].lower, column_words)) {
      continue;
    }
    return std::nullopt;
  }
  if (table >= 0 && (columns || describe)) return Understanding{Intent::list_columns, {}, table};
  if (table >= 0) return std::nullopt;
  return Understanding{Intent::list_tables, {}, -1};
}

}  // namespace

Result<std::string> clean_question(std::string_view question) {
  if (question.size() > max_question_bytes) {
    return make_error(ErrorCode::limit_exceeded,
                      fmt::format("the question has {} bytes; at most {} are read", question.size(),
                                  max_question_bytes),
                      "Ask one thing in one or two sentences.");
  }
  if (!text::is_valid_utf8(question)) {
    return make_error(ErrorCode::invalid_argument, "the question is not valid UTF-8 text",
                      "Set the terminal (or the program that sends it) to UTF-8.");
  }
  std::string clean;
  bool blank = false;
  for (const char c : question) {
    // Control characters of all kinds separate words; nothing of them is to reach a terminal.
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f) {
      blank = !clean.empty();
      continue;
    }
    if (blank) clean += ' ';
    blank = false;
    clean += c;
  }
  if (clean.empty()) {
    return make_error(ErrorCode::invalid_argument, "the question is empty",
                      "Ask something, for example: how many customers are there?");
  }
  return clean;
}

Understanding understand(std::string_view question, const Schema& schema) {
  const Words words = link::tokenize(question);
  const std::size_t first = skip_politeness(words);
  if (asks_for_change(words, first, schema)) {
    return {Intent::change_data, std::string(words[first].lower), -1};
  }
  if (auto about_schema = schema_question(words, schema)) return *about_schema;
  return {};
}

ResultTable schema_overview(const Schema& schema) {
  ResultTable result;
  result.columns = {"table", "rows", "columns"};
  for (const Table& table : schema.tables) {
    std::vector<std::string> names;
    for (const Column& column : table.columns) names.push_back(column.name);
    result.rows.push_back(Row{table.name, table.row_estimate ? Value(*table.row_estimate) : Null{},
                              text::join(names, ", ")});
  }
  return result;
}

ResultTable table_overview(const Schema& schema, int table) {
  ResultTable result;
  result.columns = {"column", "type", "key", "examples"};
  const auto& columns = schema.tables[static_cast<std::size_t>(table)].columns;
  for (int c = 0; c < static_cast<int>(columns.size()); ++c) {
    const Column& column = columns[static_cast<std::size_t>(c)];
    std::string key = column.primary_key ? "primary" : "";
    for (const ForeignKey& foreign : schema.foreign_keys) {
      if (foreign.from != ColumnRef{table, c}) continue;
      if (!key.empty()) key += ", ";
      key += fmt::format("{} {}.{}", foreign.declared ? "to" : "probably to",
                         schema.table_of(foreign.to).name, schema.column(foreign.to).name);
    }
    result.rows.push_back(Row{column.name,
                              column.declared_type.empty()
                                  ? std::string(column_type_name(column.type))
                                  : column.declared_type,
                              key, text::join(column.sample_values, ", ")});
  }
  return result;
}

namespace {

link::NameMatch best_name(const link::LinkedQuestion& q, std::size_t token) {
  auto best = link::NameMatch::none;
  for (std::size_t i = 0; i < q.tables.size(); ++i) {
    best = std::max(best, q.token_table[token * q.tables.size() + i]);
  }
  for (std::size_t i = 0; i < q.columns.size(); ++i) {
    best = std::max(best, q.token_column[token * q.columns.size() + i]);
  }
  return best;
}

link::CellMatch best_cell(const link::LinkedQuestion& q, std::size_t token) {
  auto best = link::CellMatch::none;
  for (std::size_t i = 0; i < q.columns.size(); ++i) {
    best = std::max(best, q.token_cell[token * q.columns.size() + i]);
  }
  return best;
}

enum class ValuePart { none, number, value };

/// Which tokens are (part of) a value; a mere span is a guess and no evidence.
std::vector<ValuePart> value_parts(const link::LinkedQuestion& question) {
  std::vector<ValuePart> parts(question.tokens.size(), ValuePart::none);
  for (const auto& value : question.values) {
    if (value.kind == link::ValueKind::span) continue;
    const auto part = value.kind == link::ValueKind::number ? ValuePart::number : ValuePart::value;
    for (int t = value.token_begin; t < value.token_end; ++t) {
      auto& present = parts[static_cast<std::size_t>(t)];
      present = std::max(present, part);
    }
  }
  return parts;
}

}  // namespace

bool WordSupport::is_nothing() const { return strong == 0 && (!unknown.empty() || related == 0); }

double WordSupport::share() const {
  const double all = strong + related + partial + static_cast<double>(unknown.size());
  return all > 0 ? (strong + 0.3 * related + 0.3 * partial) / all : 0;
}

WordSupport support_of(const link::LinkedQuestion& question) {
  WordSupport support;
  const auto parts = value_parts(question);
  for (std::size_t t = 0; t < question.tokens.size(); ++t) {
    const auto& token = question.tokens[t];
    const bool is_value = parts[t] == ValuePart::value;
    if (is_function_word(token.lower) && !is_value) continue;
    const auto name = best_name(question, t);
    const auto cell = best_cell(question, t);
    if (is_value || name >= link::NameMatch::synonym || cell == link::CellMatch::exact) {
      ++support.strong;
      continue;
    }
    // "most", "total" and numbers are understood as such, and name nothing.
    if (is_operation_word(token.lower) || parts[t] == ValuePart::number) continue;
    if (name == link::NameMatch::related) {
      ++support.related;
    } else if (cell == link::CellMatch::partial) {
      ++support.partial;
    } else if (std::find(support.unknown.begin(), support.unknown.end(), token.text) ==
               support.unknown.end()) {
      support.unknown.push_back(token.text);
    }
  }
  return support;
}

}  // namespace idi::engine
