#include "resolutions.hpp"

#include <fmt/format.h>

#include "idi/core/text.hpp"

namespace idi::session {
namespace {

std::string text_of(const sqlite::Statement& row, int column) {
  // Valid when written; a damaged page may say otherwise.
  return text::to_valid_utf8(row.text(column));
}

}  // namespace

Status keep_resolution(sqlite::Connection& connection, std::int64_t session,
                       const Resolution& resolution, std::int64_t now_ms) {
  IDI_TRY(
      auto insert,
      connection.prepare(
          "INSERT INTO resolutions (session, clarification, number, option, phrase, label, "
          "chosen_ms) VALUES (?1, ?2, (SELECT coalesce(max(number), 0) + 1 FROM resolutions WHERE "
          "session = ?1), ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET number = "
          "excluded.number, option = excluded.option, phrase = excluded.phrase, label = "
          "excluded.label, chosen_ms = excluded.chosen_ms"));
  insert.bind(1, session);
  insert.bind(2, std::string_view(resolution.clarification));
  insert.bind(3, std::string_view(resolution.option));
  insert.bind(4, std::string_view(resolution.phrase));
  insert.bind(5, std::string_view(resolution.label));
  insert.bind(6, now_ms);
  IDI_CHECK(insert.run());
  IDI_TRY(auto count, connection.prepare("SELECT count(*) FROM resolutions WHERE session = ?1"));
  count.bind(1, session);
  IDI_TRY([[maybe_unused]] const bool row, count.step());
  // The transaction is rolled back then.
  if (count.integer(0) > max_resolutions) {
    return make_error(ErrorCode::limit_exceeded,
                      fmt::format("This conversation remembers {} choices, and no room for more",
                                  max_resolutions),
                      "Forget some of them, or begin a new conversation.");
  }
  return {};
}

Result<std::vector<Resolution>> kept_resolutions(sqlite::Connection& connection,
                                                 std::int64_t session) {
  IDI_TRY(auto rows, connection.prepare(
                         "SELECT clarification, option, phrase, label, chosen_ms FROM resolutions "
                         "WHERE session = ?1 ORDER BY number DESC"));
  rows.bind(1, session);
  std::vector<Resolution> found;
  for (;;) {
    IDI_TRY(const bool row, rows.step());
    if (!row) return found;
    found.push_back(
        {text_of(rows, 0), text_of(rows, 1), text_of(rows, 2), text_of(rows, 3), rows.integer(4)});
  }
}

Status forget(sqlite::Connection& connection, std::int64_t session,
              std::optional<std::string_view> clarification) {
  IDI_TRY(auto remove, connection.prepare("DELETE FROM resolutions WHERE session = ?1 AND (?2 IS "
                                          "NULL OR clarification = ?2) RETURNING 1"));
  remove.bind(1, session);
  if (clarification) remove.bind(2, *clarification);
  bool any = false;
  for (;;) {
    IDI_TRY(const bool row, remove.step());
    if (!row) break;
    any = true;
  }
  if (any || !clarification) return {};
  return make_error(ErrorCode::not_found, "This conversation remembers no such choice");
}

}  // namespace idi::session
