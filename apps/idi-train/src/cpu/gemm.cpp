#include "gemm.hpp"

#ifdef IDI_TRAIN_CBLAS
#include <cblas.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

extern "C" {
void openblas_set_num_threads(int) __attribute__((weak));
char* openblas_get_corename() __attribute__((weak));
}
#else
#include <ATen/ATen.h>
#endif

namespace idi::train {

#ifdef IDI_TRAIN_CBLAS

void gemm(Form form_a, Form form_b, Index m, Index n, Index k, float alpha, const float* a,
          Index lda, const float* b, Index ldb, float beta, float* c, Index ldc) {
  const auto form = [](Form f) { return f == Form::plain ? CblasNoTrans : CblasTrans; };
  cblas_sgemm(CblasRowMajor, form(form_a), form(form_b), static_cast<int>(m), static_cast<int>(n),
              static_cast<int>(k), alpha, a, static_cast<int>(lda), b, static_cast<int>(ldb), beta,
              c, static_cast<int>(ldc));
}

const char* gemm_name() {
  return openblas_get_corename != nullptr ? openblas_get_corename() : "cblas";
}

void choose_gemm_kernels(char** arguments) {
  // Threads work on examples of their own: inside a product one thread is best.
  if (openblas_set_num_threads != nullptr) openblas_set_num_threads(1);
#if defined(__x86_64__)
  if (openblas_get_corename == nullptr || std::getenv("OPENBLAS_CORETYPE") != nullptr) return;
  const std::string_view core = openblas_get_corename();
  if (core != "Prescott" && core != "Core2" && core != "Nehalem") return;
  const char* better = __builtin_cpu_supports("avx512vl") ? "SkylakeX"
                       : __builtin_cpu_supports("avx2")   ? "Haswell"
                                                          : nullptr;
  if (better == nullptr) return;
  ::setenv("OPENBLAS_CORETYPE", better, 1);
  ::execv("/proc/self/exe", arguments);  // Returns only where it failed: slower, not wrong.
#else
  static_cast<void>(arguments);
#endif
}

#else

void gemm(Form form_a, Form form_b, Index m, Index n, Index k, float alpha, const float* a,
          Index lda, const float* b, Index ldb, float beta, float* c, Index ldc) {
  const at::NoGradGuard no_grad;
  const auto view = [](const float* start, Index rows, Index columns, Index ld, Form form) {
    if (form == Form::transposed) std::swap(rows, columns);
    const auto whole = at::from_blob(const_cast<float*>(start), {rows, columns}, {ld, 1});
    return form == Form::plain ? whole : whole.t();
  };
  auto out = view(c, m, n, ldc, Form::plain);
  out.addmm_(view(a, m, k, lda, form_a), view(b, k, n, ldb, form_b), beta, alpha);
}

const char* gemm_name() { return "libtorch"; }
void choose_gemm_kernels(char**) {}

#endif

}  // namespace idi::train
