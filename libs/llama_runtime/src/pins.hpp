// The packages whose versions are known to work with this program: what computes. What they need
// besides (the C library, OpenSSL …) is whatever Debian signs beside them.
#pragma once

#include <array>
#include <string_view>

namespace idi::llama_runtime {

struct Pin {
  std::string_view package, version, architecture, sha256;
};

inline constexpr std::string_view wanted_package = "llama.cpp-tools";

inline constexpr std::array pins{
    Pin{"llama.cpp-tools", "1:0.7.0+dfsg-2", "amd64",
        "3007c170f116891974bd37d5ba802f094c7d020412f2100cc71582fc8530895c"},
    Pin{"libllama0", "1:0.7.0+dfsg-2", "amd64",
        "7d49cde5582ccdc8c454b379ba627eea8c95813b6a9c70628653101f629204d6"},
    Pin{"libggml0", "0.27.0-1", "amd64",
        "f621153d6615a8dd1ac4b14e110cbafca34cc66f551367c5f6326f71fb141b0d"},
    Pin{"llama.cpp-tools", "1:0.7.0+dfsg-2", "arm64",
        "4635367e4bea259dea3939dec12369b936c802c959d1d05462ee80d90014bfaa"},
    Pin{"libllama0", "1:0.7.0+dfsg-2", "arm64",
        "dc6690bd23cce06eac0ca767002e6f4655a55f84d0a45477ad0fa9c1b9eec663"},
    Pin{"libggml0", "0.27.0-1", "arm64",
        "7669ddc799f16907161cd334b88fa2c2ed870cb9fba01ca0f1d385c35264436a"},
};

}  // namespace idi::llama_runtime
