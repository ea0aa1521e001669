#include "idi/table_file/table_writer.hpp"

#include <utility>

#include "writers.hpp"

namespace idi::table_file {

std::optional<Format> format_from_name(std::string_view name) noexcept {
  for (const Format format : {Format::csv, Format::json, Format::xlsx}) {
    if (extension_of(format) == name) return format;
  }
  return std::nullopt;
}

std::string_view content_type_of(Format format) noexcept {
  switch (format) {
    case Format::csv:
      return "text/csv; charset=utf-8; header=present";
    case Format::json:
      return "application/json";
    case Format::xlsx:
      break;
  }
  return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

std::string_view extension_of(Format format) noexcept {
  switch (format) {
    case Format::csv:
      return "csv";
    case Format::json:
      return "json";
    case Format::xlsx:
      break;
  }
  return "xlsx";
}

std::unique_ptr<TableWriter> make_table_writer(Format format, ByteSink sink) {
  switch (format) {
    case Format::csv:
      return make_csv_writer(std::move(sink));
    case Format::json:
      return make_json_writer(std::move(sink));
    case Format::xlsx:
      break;
  }
  return make_xlsx_writer(std::move(sink));
}

}  // namespace idi::table_file
