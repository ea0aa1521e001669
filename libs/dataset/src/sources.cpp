#include <fmt/format.h>

#include "idi/core/text.hpp"
#include "idi/dataset/export.hpp"

namespace idi::dataset {

Result<ExportSource> parse_source(std::string_view text) {
  const auto wrong = [text](std::string_view what) {
    return make_error(ErrorCode::invalid_argument, fmt::format("source \"{}\": {}", text, what),
                      "write NAME=FILE, NAME=FILE,plain or NAME=FILE,overlay,cells,found");
  };
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return wrong("there is no NAME=");
  ExportSource source;
  source.name = std::string(text.substr(0, equals));
  if (source.name.find('\n') != std::string::npos) return wrong("the name has a line break");
  std::string_view file = text.substr(equals + 1);
  const auto take = [&file](std::string_view option) {
    if (!file.ends_with(option)) return false;
    file.remove_suffix(option.size());
    return true;
  };
  source.only_found = take(",found");
  source.gives_cells = take(",cells");
  if (take(",plain")) {
    source.names = SchemaNames::plain;
  } else {
    (void)take(",overlay");  // what it is anyway
  }
  if (file.empty()) return wrong("the file is missing");
  source.file = file;
  return source;
}

}  // namespace idi::dataset
