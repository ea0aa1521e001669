#include "session_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "idi/core/text.hpp"
#include "limits.hpp"
#include "rows.hpp"

namespace idi::session {
namespace {

/// The words and the tag are parameters, compared by instr() and =: nothing in them is a pattern.
struct Condition {
  std::string sql = "s.deleted_ms IS NULL";
  std::vector<std::string> parameters;

  void add(std::string_view piece, const std::string& parameter) {
    parameters.push_back(parameter);
    sql += fmt::format(fmt::runtime(piece), parameters.size());
  }
  void bind_to(sqlite::Statement& statement) const {
    int index = 0;
    for (const std::string& parameter : parameters) {
      statement.bind(++index, std::string_view(parameter));
    }
  }
};

Result<Condition> condition_of(const SessionQuery& query) {
  Condition condition;
  if (!query.tag.empty()) {
    condition.add(
        " AND EXISTS (SELECT 1 FROM tags WHERE tags.tag = ?{} AND tags.session = s.number)",
        text::to_valid_utf8(query.tag));
  }
  IDI_TRY(const std::vector<std::string> words, search_words(query.search));
  for (const std::string& word : words) {
    condition.add(
        " AND (EXISTS (SELECT 1 FROM folded_sessions AS f"
        " WHERE f.session = s.number AND instr(f.folded, ?{0}) > 0)"
        " OR EXISTS (SELECT 1 FROM folded_questions AS q"
        " WHERE q.session = s.number AND instr(q.folded, ?{0}) > 0))",
        word);
  }
  return condition;
}

}  // namespace

Result<SessionPage> find_page(sqlite::Connection& connection, const SessionQuery& query) {
  if (query.limit < 0 || query.offset < 0) {
    return make_error(ErrorCode::invalid_argument, "A page has no negative limit or offset");
  }
  IDI_TRY(const Condition condition, condition_of(query));
  IDI_TRY(auto count, connection.prepare(fmt::format("SELECT count(*) FROM sessions AS s WHERE {}",
                                                     condition.sql)));
  condition.bind_to(count);
  IDI_CHECK(count.step());
  SessionPage page;
  page.total = count.integer(0);

  const auto parameter = static_cast<int>(condition.parameters.size());
  IDI_TRY(auto rows, connection.prepare(fmt::format(
                         "SELECT {} FROM sessions AS s WHERE {} ORDER BY "
                         "s.updated_ms DESC, s.number DESC LIMIT ?{} OFFSET ?{}",
                         session_columns, condition.sql, parameter + 1, parameter + 2)));
  condition.bind_to(rows);
  rows.bind(parameter + 1, std::min(query.limit, max_page_sessions));
  rows.bind(parameter + 2, query.offset);
  for (;;) {
    IDI_TRY(const bool row, rows.step());
    if (!row) return page;
    StoredSession stored = read_session(rows);
    IDI_CHECK(read_tags(connection, stored));
    page.sessions.push_back(std::move(stored.session));
  }
}

}  // namespace idi::session
