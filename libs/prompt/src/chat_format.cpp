#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "format_reader.hpp"
#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"
#include "idi/prompt/chat_prompt.hpp"
#include "plain_data.hpp"
#include "spelling.hpp"

extern "C" const char idi_chat_format_begin[];
extern "C" const char idi_chat_format_end[];

namespace idi::prompt {

namespace {

constexpr std::size_t max_value_bytes = 200;
constexpr std::size_t max_matched_values = 24;
constexpr std::size_t max_keyword_bytes = 80;
constexpr std::size_t max_keywords = 16;
constexpr std::size_t max_question_bytes = 64 << 10;
constexpr std::size_t max_error_bytes = 400;
constexpr std::size_t max_sql_line_bytes = 8 << 10;
constexpr std::size_t max_sql_lines = 200;
/// Kept free for the question, whatever the schema: so the schema part does not depend on it.
constexpr int question_tokens = 512;
/// What a chat template adds around two messages.
constexpr int template_tokens = 32;

/// From much to little.
constexpr SchemaDetail details[] = {
    {3, 40, 120}, {1, 40, 120}, {0, 0, 120}, {0, 0, 40}, {0, 0, 0},
};

std::string_view dialect_name(Dialect dialect) {
  switch (dialect) {
    case Dialect::sqlite:
      return "SQLite";
    case Dialect::postgres:
      return "PostgreSQL";
    case Dialect::mysql:
      return "MySQL";
  }
  return {};
}

using Values = std::map<std::string, std::string, std::less<>>;

/// A line with a placeholder for which there is nothing is left out.
template <typename Line>
void add_line(const Line& line, const Values& values, std::string& text) {
  std::string filled;
  for (const auto& piece : line) {
    if (!piece.placeholder) {
      filled += piece.text;
      continue;
    }
    const auto value = values.find(piece.text);
    if (value == values.end() || value->second.empty()) return;
    filled += value->second;
  }
  if (!text.empty()) text += '\n';
  text += filled;
}

template <typename Section>
std::string fill(const Section& section, const Values& values) {
  std::string text;
  for (const auto& line : section) add_line(line, values, text);
  return text;
}

/// Line by line, since a comment ends with its line.
std::string plain_sql(std::string_view sql) {
  std::string plain;
  std::size_t lines = 0;
  for (const std::string& line : text::split(sql, '\n')) {
    if (lines++ == max_sql_lines) break;
    const std::string own = plain_data(line, max_sql_line_bytes);
    if (!own.empty()) plain += (plain.empty() ? "" : "\n") + own;
  }
  return plain;
}

}  // namespace

Result<ChatFormat> ChatFormat::from_text(std::string_view text) { return FormatReader::read(text); }

const ChatFormat& ChatFormat::standard() {
  static const ChatFormat format = [] {
    auto read = from_text({idi_chat_format_begin,
                           static_cast<std::size_t>(idi_chat_format_end - idi_chat_format_begin)});
    IDI_ASSERT(read.has_value());
    return std::move(*read);
  }();
  return format;
}

std::string ChatFormat::write_system(const Schema& schema, const grammar::Scope& scope,
                                     Dialect dialect, const SchemaDetail& detail) const {
  std::string tables = schema_text(schema, scope, dialect, detail);
  if (tables.ends_with('\n')) tables.pop_back();
  return fill(system_, {{"dialect", std::string(dialect_name(dialect))},
                        {"notes", fill(notes_[static_cast<std::size_t>(dialect)], {})},
                        {"schema", std::move(tables)}});
}

std::string ChatFormat::write_user(const link::LinkedQuestion& question, const Schema& schema,
                                   const grammar::Scope& scope, Dialect dialect,
                                   const std::vector<std::string>& keywords) const {
  std::vector<std::string> words;
  for (const std::string& keyword : keywords) {
    if (words.size() == max_keywords) break;
    if (auto word = plain_data(keyword, max_keyword_bytes); !word.empty())
      words.push_back(std::move(word));
  }
  Values values{{"keywords", text::join(words, ", ")},
                {"question", plain_data(question.question, max_question_bytes)}};
  std::string text;
  for (const Line& line : user_) {
    const bool each_value = std::any_of(line.begin(), line.end(), [](const Piece& piece) {
      return piece.placeholder && piece.text == "value";
    });
    if (!each_value) {
      add_line(line, values, text);
      continue;
    }
    std::size_t shown = 0;
    for (const grammar::ColumnValues& matched : scope.values) {
      values["column"] = spelled_qualified(schema, matched.column, dialect);
      for (const std::string& value : matched.values) {
        if (shown == max_matched_values) break;
        ++shown;
        values["value"] = quoted_cell(value, max_value_bytes);
        add_line(line, values, text);
      }
    }
  }
  return text;
}

Result<ChatPrompt> ChatFormat::write(const link::LinkedQuestion& question, const Schema& schema,
                                     const grammar::Scope& scope, Dialect dialect,
                                     const WriteOptions& options) const {
  if (scope.tables.empty() || scope.columns.empty())
    return make_error(ErrorCode::unanswerable, "The database has no table that a query could name");
  const auto too_long = [&](std::string_view what, int tokens, int room, std::string hint) {
    return make_error(ErrorCode::limit_exceeded,
                      fmt::format("{} about {} tokens, and the model has room for {}", what, tokens,
                                  std::max(room, 0)),
                      std::move(hint));
  };
  const int room = options.max_tokens - template_tokens;
  const int system_room = room - std::min(question_tokens, room / 4);
  ChatPrompt prompt;
  int system_tokens = 0;
  for (const SchemaDetail& detail : details) {
    prompt.system = write_system(schema, scope, dialect, detail);
    system_tokens = estimate_tokens(prompt.system);
    if (system_tokens <= system_room) break;
  }
  if (system_tokens > system_room)
    return too_long("The shown part of the schema needs", system_tokens, system_room,
                    "Give the model a larger context, or show it fewer tables.");
  prompt.user = write_user(question, schema, scope, dialect, options.keywords);
  const int user_tokens = estimate_tokens(prompt.user);
  if (user_tokens > room - system_tokens)
    return too_long("The question needs", user_tokens, room - system_tokens,
                    "Ask a shorter question.");
  prompt.estimated_tokens = template_tokens + system_tokens + user_tokens;
  return prompt;
}

std::string ChatFormat::write_repair(std::string_view sql, std::string_view error) const {
  return fill(repair_, {{"sql", plain_sql(sql)}, {"error", plain_data(error, max_error_bytes)}});
}

}  // namespace idi::prompt
