#include "json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parser.hpp>
#include <boost/json/stream_parser.hpp>

namespace idi::dataset {

namespace json = boost::json;

Result<json::value> parse_json(std::string_view text, std::string_view name,
                               std::size_t first_line) {
  json::stream_parser parser;
  boost::system::error_code error;
  const std::size_t consumed = parser.write_some(text.data(), text.size(), error);
  if (!error) parser.finish(error);
  std::string_view rest = text.substr(std::min(consumed, text.size()));
  const std::size_t extra = rest.find_first_not_of(" \t\r\n");
  if (!error && extra != std::string_view::npos) error = json::error::extra_data;
  if (error) {
    const std::size_t at = std::min(consumed, text.size());
    const auto lines =
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    return make_error(ErrorCode::invalid_argument,
                      fmt::format("{}, line {}: this is not JSON", name,
                                  first_line + static_cast<std::size_t>(lines)),
                      "mend or leave out that line", error.message());
  }
  return parser.release();
}

std::optional<std::string> text_member(const json::object& object, std::string_view key) {
  const json::value* member = object.if_contains(key);
  if (member == nullptr || !member->is_string()) return std::nullopt;
  return std::string(member->get_string().data(), member->get_string().size());
}

}  // namespace idi::dataset
