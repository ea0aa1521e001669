#include "folded_texts.hpp"

#include "idi/core/text.hpp"
#include "naming.hpp"

namespace idi::session {
namespace {

/// Every cell of the rows, folded, on a line of its own.
Result<std::string> folded_cells(sqlite::Statement& statement) {
  std::string lines;
  for (;;) {
    IDI_TRY(const bool row, statement.step());
    if (!row) return lines;
    for (int column = 0; column < statement.column_count(); ++column) {
      lines += folded(statement.text(column)) + '\n';
    }
  }
}

}  // namespace

std::string folded(std::string_view text) { return text::fold_case(one_line(text)); }

Status fold_session(sqlite::Connection& connection, std::int64_t number) {
  IDI_TRY(auto texts, connection.prepare("SELECT name FROM sessions WHERE number = ?1 UNION ALL "
                                         "SELECT description FROM sessions WHERE number = ?1 "
                                         "UNION ALL SELECT tag FROM tags WHERE session = ?1"));
  texts.bind(1, number);
  IDI_TRY(const std::string lines, folded_cells(texts));
  IDI_TRY(auto write,
          connection.prepare("INSERT INTO folded_sessions (session, folded) VALUES (?1, ?2) "
                             "ON CONFLICT (session) DO UPDATE SET folded = excluded.folded"));
  write.bind(1, number);
  write.bind(2, std::string_view(lines));
  return write.run();
}

Status fold_questions(sqlite::Connection& connection, std::int64_t turn_id) {
  IDI_TRY(auto texts,
          connection.prepare("SELECT question, standalone_question FROM turns WHERE id = ?1"));
  texts.bind(1, turn_id);
  IDI_TRY(const std::string lines, folded_cells(texts));
  IDI_TRY(auto write,
          connection.prepare("INSERT INTO folded_questions (session, turn, folded) "
                             "SELECT session, id, ?2 FROM turns WHERE id = ?1 "
                             "ON CONFLICT (session, turn) DO UPDATE SET folded = excluded.folded"));
  write.bind(1, turn_id);
  write.bind(2, std::string_view(lines));
  return write.run();
}

}  // namespace idi::session
