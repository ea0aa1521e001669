// One writer per format.
#pragma once

#include <memory>

#include "idi/table_file/table_writer.hpp"

namespace idi::table_file {

[[nodiscard]] std::unique_ptr<TableWriter> make_csv_writer(ByteSink sink);
[[nodiscard]] std::unique_ptr<TableWriter> make_json_writer(ByteSink sink);
[[nodiscard]] std::unique_ptr<TableWriter> make_xlsx_writer(ByteSink sink);

}  // namespace idi::table_file
