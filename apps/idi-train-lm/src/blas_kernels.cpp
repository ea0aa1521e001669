#include "blas_kernels.hpp"

#include <cblas.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace idi::lm {

void choose_blas_kernels(char** arguments) {
#if defined(__x86_64__)
  if (std::getenv("OPENBLAS_CORETYPE") != nullptr) return;
  const std::string_view core = openblas_get_corename();
  const bool is_wide = __builtin_cpu_supports("avx512vl") != 0;
  const bool is_slow = core == "Prescott" || core == "Core2" || core == "Nehalem";
  const char* better = is_wide && (is_slow || core == "Haswell" || core == "Zen") ? "SkylakeX"
                       : is_slow && __builtin_cpu_supports("avx2") != 0           ? "Haswell"
                                                                                  : nullptr;
  if (better == nullptr) return;
  ::setenv("OPENBLAS_CORETYPE", better, 1);
  ::execv("/proc/self/exe", arguments);  // Returns only where it failed: slower, not wrong.
#else
  static_cast<void>(arguments);
#endif
}

}  // namespace idi::lm
