// A download's progress as words. Pure.
#pragma once

#include <string>
#include <string_view>

#include "idi/model_store/model_store.hpp"

namespace idi::cli {

/// "qwen2.5-coder-7b: 1.2 GB of 4.7 GB, 26 %, 34 MB/s, 1 min 43 s left"; what is not known yet is
/// left out.
[[nodiscard]] std::string transfer_text(std::string_view what,
                                        const model_store::DownloadProgress& progress);

}  // namespace idi::cli
