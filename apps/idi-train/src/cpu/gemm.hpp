// C = alpha · op(A) · op(B) + beta · C, row-major, on the calling thread. OpenBLAS where it is
// found, libtorch's own product else.
#pragma once

#include "../layout.hpp"

namespace idi::train {

enum class Form { plain, transposed };

/// op(A): [m, k], op(B): [k, n], C: [m, n]; ld*: floats from one stored row to the next.
void gemm(Form form_a, Form form_b, Index m, Index n, Index k, float alpha, const float* a,
          Index lda, const float* b, Index ldb, float beta, float* c, Index ldc);

/// "OpenBLAS SkylakeX", for the log.
[[nodiscard]] const char* gemm_name();

/// OpenBLAS that does not know a newer processor falls back to SSE code, five times slower. Sets
/// OPENBLAS_CORETYPE and starts the program anew if so; returns if there is nothing to mend.
void choose_gemm_kernels(char** arguments);

}  // namespace idi::train
