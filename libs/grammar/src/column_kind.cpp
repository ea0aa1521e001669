#include "column_kind.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

#include "idi/core/text.hpp"

namespace idi::grammar {
namespace {

bool contains(const std::string& type, std::initializer_list<std::string_view> parts) {
  for (const std::string_view part : parts) {
    if (type.find(part) != std::string::npos) return true;
  }
  return false;
}

ColumnKind time_kind(const std::string& type) {
  if (contains(type, {"interval"})) return ColumnKind::clock;
  if (contains(type, {"timestamp", "datetime"}) || type.empty()) return ColumnKind::moment;
  if (contains(type, {"date"})) return ColumnKind::date;
  if (contains(type, {"year"})) return ColumnKind::number;
  return ColumnKind::clock;
}

/// `type` is lower case and without what stands in parentheses.
ColumnKind postgres_kind(const std::string& type, ColumnType meaning) {
  if (type.ends_with("]") || type.starts_with("_") || contains(type, {"array"})) {
    return ColumnKind::opaque;
  }
  if (meaning == ColumnType::time) return time_kind(type);
  if (type.empty()) {
    if (meaning == ColumnType::number) return ColumnKind::number;
    if (meaning == ColumnType::boolean) return ColumnKind::truth;
    return meaning == ColumnType::text ? ColumnKind::text : ColumnKind::opaque;
  }
  if (type == "boolean" || type == "bool") return ColumnKind::truth;
  if (type == "text" || type == "varchar" || type == "bpchar" || type == "char" ||
      type == "character" || type == "character varying" || type == "citext" || type == "name") {
    return ColumnKind::text;
  }
  if (contains(type, {"range", "point"})) return ColumnKind::opaque;
  const bool number =
      contains(type, {"int", "numeric", "decimal", "real", "double", "float", "serial"});
  return number ? ColumnKind::number : ColumnKind::opaque;
}

ColumnKind mysql_kind(const std::string& type, ColumnType meaning) {
  if (contains(type, {"geometry", "point", "linestring", "polygon", "json", "blob", "binary"})) {
    return ColumnKind::opaque;
  }
  switch (meaning) {
    case ColumnType::text:
      return ColumnKind::text;
    case ColumnType::number:
      return ColumnKind::number;
    case ColumnType::time:
      return time_kind(type);
    case ColumnType::boolean:
      return ColumnKind::truth;
    case ColumnType::other:
      break;
  }
  return ColumnKind::opaque;
}

/// Of times that no database knows as such: they compare as what they are stored as.
ColumnKind stored_kind(const Column& column) {
  switch (column.time_encoding) {
    case TimeEncoding::day_first:
    case TimeEncoding::month_first:
      return ColumnKind::text;
    case TimeEncoding::compact_day:
      if (column_type_of(column.declared_type) == ColumnType::text) return ColumnKind::text;
      break;
    default:
      break;
  }
  return ColumnKind::number;
}

ColumnKind sqlite_kind(ColumnType meaning) {
  switch (meaning) {
    case ColumnType::text:
      return ColumnKind::text;
    case ColumnType::number:
      return ColumnKind::number;
    case ColumnType::time:
      return ColumnKind::moment;
    case ColumnType::boolean:
      return ColumnKind::truth;
    case ColumnType::other:
      break;
  }
  return ColumnKind::loose;
}

}  // namespace

ColumnKind column_kind(const Column& column, Dialect dialect) {
  if (column.type == ColumnType::time && column.time_encoding != TimeEncoding::native) {
    return stored_kind(column);
  }
  if (dialect == Dialect::sqlite) return sqlite_kind(column.type);
  std::string type = text::to_lower_ascii(column.declared_type);
  const bool array = type.ends_with("]");
  if (const auto open = type.find('('); open != std::string::npos && !array) type.resize(open);
  while (type.ends_with(' ')) type.pop_back();
  return dialect == Dialect::postgres ? postgres_kind(type, column.type)
                                      : mysql_kind(type, column.type);
}

}  // namespace idi::grammar
