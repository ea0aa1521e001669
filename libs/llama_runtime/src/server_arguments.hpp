// The options that a llama-server is started with. What only some versions know is asked for first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "idi/llama_runtime/llama_server.hpp"

namespace idi::llama_runtime {

/// What one llama-server can do.
struct ServerFeatures {
  std::string help;  ///< As --help prints it.
  bool has_gpu = false;
  [[nodiscard]] bool knows(std::string_view option) const;
};

/// From what --help and --list-devices print.
[[nodiscard]] ServerFeatures features_of(std::string help, std::string_view devices);

/// Whole argv. The API key is not in it: `ps` shows argv to everybody.
[[nodiscard]] std::vector<std::string> server_arguments(const Runtime& runtime,
                                                        const ServerOptions& options,
                                                        const ServerFeatures& features, int port,
                                                        int cores);

}  // namespace idi::llama_runtime
