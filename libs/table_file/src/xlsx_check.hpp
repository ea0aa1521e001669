#pragma once

#include <filesystem>

namespace idi::table_file {

/// Reads a spreadsheet back: the archive has its directory (APPNOTE.TXT 4.3.12), every part of it
/// unpacks, and every part is XML that ends with the end of its first element.
/// For archives of libxlsxwriter under 4 GB.
[[nodiscard]] bool is_whole_xlsx(const std::filesystem::path& archive);

}  // namespace idi::table_file
