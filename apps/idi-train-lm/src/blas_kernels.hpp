// OpenBLAS chooses its kernels by the processor's name; one that it does not know gets slow ones.
#pragma once

namespace idi::lm {

/// Starts the program anew with better kernels where the processor has them; returns if there is
/// nothing to mend. REQUIRES: called first in main, with main's arguments.
void choose_blas_kernels(char** arguments);

}  // namespace idi::lm
