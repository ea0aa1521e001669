#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

namespace idi::table_file {

/// The size of an entry before it was compressed, as the archive's directory (APPNOTE.TXT 4.3.12)
/// says. nullopt: no such entry, or no whole archive. For archives under 4 GB without a comment.
[[nodiscard]] std::optional<std::int64_t> unpacked_size_in_zip(const std::filesystem::path& archive,
                                                               std::string_view entry);

}  // namespace idi::table_file
