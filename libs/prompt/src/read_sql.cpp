#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "idi/core/text.hpp"
#include "idi/prompt/chat_prompt.hpp"
#include "plain_data.hpp"

namespace idi::prompt {

namespace {

/// More than any model is asked to write; some of what follows looks ahead to the end.
constexpr std::size_t max_completion_bytes = 32 << 10;
constexpr std::size_t max_detail_bytes = 200;
constexpr std::string_view fence = "```";
constexpr std::string_view thought_begin = "<think>";
constexpr std::string_view thought_end = "</think>";

bool is_word_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || (c & 0x80) != 0;
}

bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_word_char(text[end])) ++end;
  return text.substr(at, end - at);
}

bool is_word(std::string_view word, std::string_view lower) {
  return text::equals_ignoring_ascii_case(word, lower);
}

/// Past a comment that begins here; `at` itself if none does.
std::size_t skip_comment(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("--")) {
    const std::size_t end = text.find('\n', at);
    return end == std::string_view::npos ? text.size() : end + 1;
  }
  if (rest.starts_with("/*")) {
    const std::size_t end = text.find("*/", at + 2);
    return end == std::string_view::npos ? text.size() : end + 2;
  }
  return at;
}

std::size_t skip_blanks_and_comments(std::string_view text, std::size_t at) {
  while (true) {
    at = skip_blanks(text, at);
    const std::size_t after = skip_comment(text, at);
    if (after == at) return at;
    at = after;
  }
}

/// "WITH x AS (", "WITH RECURSIVE x(a, b) AS …": prose begins with "with" too.
bool begins_with_clause(std::string_view text, std::size_t at) {
  at = skip_blanks(text, at + 4);
  if (is_word(word_at(text, at), "recursive")) at = skip_blanks(text, at + 9);
  if (at < text.size() && (text[at] == '"' || text[at] == '`')) {
    const std::size_t end = text.find(text[at], at + 1);
    if (end == std::string_view::npos) return false;
    at = end + 1;
  } else {
    const std::string_view name = word_at(text, at);
    if (name.empty()) return false;
    at += name.size();
  }
  at = skip_blanks(text, at);
  if (at < text.size() && text[at] == '(') {
    const std::size_t end = text.find(')', at);
    if (end == std::string_view::npos) return false;
    at = skip_blanks(text, end + 1);
  }
  return is_word(word_at(text, at), "as");
}

/// Does a statement begin here (parentheses before it included)?
bool begins_statement(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == '(' || is_blank(text[at]))) ++at;
  const std::string_view word = word_at(text, at);
  if (is_word(word, "select")) return true;
  return is_word(word, "with") && begins_with_clause(text, at);
}

/// Words with which a statement goes on after an empty line, or after which it must.
bool goes_on(std::string_view word) {
  static constexpr std::array<std::string_view, 24> words = {
      "and",   "as",     "by",    "case",   "cross", "distinct",  "else",  "end",
      "from",  "full",   "group", "having", "inner", "intersect", "join",  "left",
      "limit", "offset", "on",    "or",     "order", "right",     "union", "where"};
  return is_word(word, "select") || is_word(word, "with") || is_word(word, "except") ||
         is_word(word, "recursive") ||
         std::any_of(words.begin(), words.end(), [&](auto each) { return is_word(word, each); });
}

std::string_view last_word(std::string_view text) {
  text = text::trim(text);
  std::size_t begin = text.size();
  while (begin > 0 && is_word_char(text[begin - 1])) --begin;
  return text.substr(begin);
}

/// After an empty line: more of the statement, or words about it?
bool continues_after_empty_line(std::string_view text, std::size_t begin, std::size_t line,
                                std::size_t next) {
  const std::string_view before = text.substr(begin, line - begin);
  if (next == text.size() || before.ends_with(',') || goes_on(last_word(before))) return true;
  // "WITH x AS (…)" alone is none yet.
  if (!begins_statement(before, 0)) return true;
  const std::string_view word = word_at(text, next);
  if (!word.empty()) return goes_on(word);
  return text[next] != '#' && text[next] != '*';
}

/// Past the literal or quoted name that begins here; the end of the text where it is not closed.
std::size_t skip_quoted(std::string_view text, std::size_t at) {
  const std::size_t end = text.find(text[at], at + 1);
  return end == std::string_view::npos ? text.size() : end + 1;
}

/// From `begin` to the semicolon, the closing fence, a mark of a template or the end.
std::string_view statement_at(std::string_view text, std::size_t begin) {
  std::size_t at = begin;
  int depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    const std::string_view rest = text.substr(at);
    if (c == ';' || rest.starts_with(fence) || rest.starts_with("<|") || rest.starts_with("</"))
      break;
    if (const std::size_t after = skip_comment(text, at); after != at) {
      at = after;
      continue;
    }
    if (c == '\'' || c == '"' || c == '`') {
      at = skip_quoted(text, at);
      continue;
    }
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (is_blank(c)) {
      const std::size_t next = skip_blanks(text, at);
      const bool empty_line =
          std::count(text.begin() + static_cast<std::ptrdiff_t>(at),
                     text.begin() + static_cast<std::ptrdiff_t>(next), '\n') > 1;
      if (empty_line && depth <= 0 && !continues_after_empty_line(text, begin, at, next)) break;
      at = next;
      continue;
    }
    ++at;
  }
  return text::trim(text.substr(begin, at - begin));
}

/// What a reasoning model thought before its answer is no answer. Templates may write the opening
/// mark themselves, so a closing one is enough, unless it stands in a literal of the statement.
std::string_view without_thoughts(std::string_view text) {
  const std::size_t begin = skip_blanks_and_comments(text, 0);
  if (text.substr(begin).starts_with(thought_begin) &&
      text.find(thought_end) == std::string_view::npos)
    return {};
  const std::size_t end = text.rfind(thought_end);
  if (end == std::string_view::npos) return text;
  if (begins_statement(text, begin) && begin + statement_at(text, begin).size() > end) return text;
  return text.substr(end + thought_end.size());
}

/// The first fence that holds a statement.
std::optional<std::string_view> fenced(std::string_view text) {
  for (std::size_t at = text.find(fence); at != std::string_view::npos; at = text.find(fence, at)) {
    at += fence.size();
    const std::string_view language = word_at(text, at);
    std::size_t begin = skip_blanks_and_comments(text, at);
    if (!begins_statement(text, begin))
      begin = skip_blanks_and_comments(text, at + language.size());
    if (begins_statement(text, begin)) return statement_at(text, begin);
  }
  return std::nullopt;
}

/// A fence begins its line; within one it may be part of a literal.
bool has_fence_line(std::string_view text) {
  return text::trim(text).starts_with(fence) || text.find("\n```") != std::string_view::npos;
}

/// Words before a statement end with a colon, or the statement has a line of its own.
bool may_begin_at(std::string_view text, std::size_t at) {
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t' || text[at - 1] == '(')) --at;
  return at == 0 || text[at - 1] == '\n' || text[at - 1] == ':' || text[at - 1] == '`' ||
         text[at - 1] == '*';
}

/// `SELECT …` within one line of prose.
std::string_view inline_code(std::string_view text, std::size_t begin) {
  std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  return line.substr(0, line.rfind('`'));
}

/// The first statement; but words that begin like one ("Select the shops first:") give way to a
/// SELECT in capitals, unless that is a part of it.
std::optional<std::string_view> within_words(std::string_view text) {
  std::optional<std::size_t> first;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view word = word_at(text, at);
    if (word.empty()) {
      ++at;
      continue;
    }
    const bool capitals = word.size() > 1 && word[1] >= 'A' && word[1] <= 'Z';
    const bool nested = at > 0 && text[at - 1] == '(';
    if ((!first || (capitals && !nested)) && begins_statement(text, at) && may_begin_at(text, at)) {
      first = at;
      if (capitals) break;
    }
    at += word.size();
  }
  if (!first) return std::nullopt;
  std::size_t begin = *first;
  if (begin > 0 && text[begin - 1] == '`') return statement_at(inline_code(text, begin), 0);
  while (begin > 0 && text[begin - 1] == '(') --begin;
  return statement_at(text, begin);
}

/// "NONE", as the instructions ask for.
bool says_none(std::string_view answer) {
  answer = text::trim(answer);
  while (!answer.empty() && !is_word_char(answer.back())) answer.remove_suffix(1);
  return is_word(answer, "none");
}

bool begins_change(std::string_view answer) {
  static constexpr std::array<std::string_view, 9> words = {
      "insert", "update", "delete", "create", "drop", "alter", "replace", "merge", "truncate"};
  const std::string_view first = word_at(answer, skip_blanks_and_comments(answer, 0));
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view each) { return is_word(first, each); });
}

std::optional<std::string_view> find_statement(std::string_view answer) {
  const std::size_t begin = skip_blanks_and_comments(answer, 0);
  if (begins_statement(answer, begin)) return statement_at(answer, begin);
  if (const auto sql = fenced(answer)) return sql;
  if (has_fence_line(answer)) return std::nullopt;
  // A SELECT within another statement is not what was written.
  if (begins_change(answer)) return std::nullopt;
  return within_words(answer);
}

}  // namespace

Result<std::string> read_sql(std::string_view completion) {
  const std::string_view answer = without_thoughts(completion.substr(0, max_completion_bytes));
  const auto sql = find_statement(answer);
  if (sql && begins_statement(*sql, 0)) return std::string(*sql);
  return make_error(
      ErrorCode::unanswerable,
      says_none(answer) ? "The model finds no answer in these tables" : "The model wrote no query",
      "Ask in other words, or name the tables that you mean.",
      plain_data(completion, max_detail_bytes));
}

}  // namespace idi::prompt
