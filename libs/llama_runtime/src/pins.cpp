#include "pins.hpp"

#include <fmt/format.h>

#include <array>

namespace idi::llama_runtime {
namespace {

struct Pin {
  std::string_view package, version, architecture, sha256;
};

constexpr std::array pins{
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

}  // namespace

std::vector<std::string> pinned_packages(const std::string& architecture) {
  std::vector<std::string> names;
  for (const auto& pin : pins) {
    if (pin.architecture == architecture) {
      names.push_back(fmt::format("{}={}", pin.package, pin.version));
    }
  }
  return names;
}

Result<bool> matches_pins(const std::vector<InstalledPackage>& packages,
                          const std::string& architecture) {
  bool known = false, all = true;
  for (const auto& pin : pins) {
    if (pin.architecture != architecture) continue;
    known = true;
    bool found = false;
    for (const auto& package : packages) {
      if (package.name != pin.package || package.version != pin.version) continue;
      found = true;
      if (package.sha256 == pin.sha256) continue;
      return make_error(ErrorCode::unreadable,
                        fmt::format("{} {} is not the file that it was", pin.package, pin.version),
                        "Nothing was installed. Name another mirror, or report it.");
    }
    all = all && found;
  }
  return known && all;
}

}  // namespace idi::llama_runtime
