#include <fmt/format.h>

#include "idi/core/text.hpp"
#include "idi/dataset/export.hpp"

namespace idi::dataset {

Result<ExportSource> parse_source(std::string_view text) {
  const auto wrong = [text](std::string_view what) {
    return make_error(ErrorCode::invalid_argument, fmt::format("source \"{}\": {}", text, what),
                      "write NAME=FILE, NAME=FILE,overlay or NAME=FILE,plain");
  };
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return wrong("there is no NAME=");
  ExportSource source;
  source.name = std::string(text.substr(0, equals));
  if (source.name.find('\n') != std::string::npos) return wrong("the name has a line break");
  std::string_view file = text.substr(equals + 1);
  if (file.ends_with(",overlay")) {
    file.remove_suffix(std::string_view(",overlay").size());
  } else if (file.ends_with(",plain")) {
    file.remove_suffix(std::string_view(",plain").size());
    source.names = SchemaNames::plain;
  }
  if (file.empty()) return wrong("the file is missing");
  source.file = file;
  return source;
}

}  // namespace idi::dataset
