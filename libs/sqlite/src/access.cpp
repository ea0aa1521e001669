#include "access.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace idi::sqlite {
namespace {

std::string_view verb_of(int code) {
  switch (code) {
    case SQLITE_INSERT:
      return "INSERT into";
    case SQLITE_UPDATE:
      return "UPDATE of";
    case SQLITE_DELETE:
      return "DELETE from";
    case SQLITE_ATTACH:
      return "ATTACH";
    case SQLITE_DETACH:
      return "DETACH";
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
      return "a transaction:";
    case SQLITE_ALTER_TABLE:
      return "ALTER TABLE in";
    case SQLITE_ANALYZE:
      return "ANALYZE of";
    case SQLITE_REINDEX:
      return "REINDEX of";
    case SQLITE_CREATE_TABLE:
    case SQLITE_CREATE_TEMP_TABLE:
    case SQLITE_CREATE_VTABLE:
      return "CREATE TABLE";
    case SQLITE_CREATE_INDEX:
    case SQLITE_CREATE_TEMP_INDEX:
      return "CREATE INDEX";
    case SQLITE_CREATE_TRIGGER:
    case SQLITE_CREATE_TEMP_TRIGGER:
      return "CREATE TRIGGER";
    case SQLITE_CREATE_VIEW:
    case SQLITE_CREATE_TEMP_VIEW:
      return "CREATE VIEW";
    case SQLITE_DROP_TABLE:
    case SQLITE_DROP_TEMP_TABLE:
    case SQLITE_DROP_VTABLE:
      return "DROP TABLE";
    case SQLITE_DROP_INDEX:
    case SQLITE_DROP_TEMP_INDEX:
      return "DROP INDEX";
    case SQLITE_DROP_TRIGGER:
    case SQLITE_DROP_TEMP_TRIGGER:
      return "DROP TRIGGER";
    case SQLITE_DROP_VIEW:
    case SQLITE_DROP_TEMP_VIEW:
      return "DROP VIEW";
    default:
      return "a change of";
  }
}

}  // namespace

Action action_of(int code) {
  switch (code) {
    case SQLITE_SELECT:
      return Action::select;
    case SQLITE_READ:
      return Action::read;
    case SQLITE_FUNCTION:
      return Action::function;
    case SQLITE_RECURSIVE:
      return Action::recursive;
    case SQLITE_PRAGMA:
      return Action::pragma;
    default:
      return Action::other;
  }
}

std::string describe(const Access& access) {
  switch (access.action) {
    case Action::select:
    case Action::recursive:
      return "SELECT";
    case Action::read:
      return fmt::format("reading {}", access.subject);
    case Action::function:
      return fmt::format("the function {}()", access.object);
    case Action::pragma:
      return fmt::format("PRAGMA {}", access.subject);
    case Action::other:
      break;
  }
  return fmt::format("{} {}", verb_of(access.engine_code), access.subject);
}

}  // namespace idi::sqlite
