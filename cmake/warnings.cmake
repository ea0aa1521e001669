# Warnings and hardening as INTERFACE targets: every room links idi_options privately.
add_library(idi_options INTERFACE)
target_compile_options(
  idi_options
  INTERFACE -Wall
            -Wextra
            -Wpedantic
            -Wshadow
            -Wconversion
            -Wno-sign-conversion
            # g++ 12 warns of std::string's own operator+ (GCC bug 105651).
            $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
            -fstack-protector-strong)
target_compile_definitions(idi_options INTERFACE $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>)
