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
            -fstack-protector-strong)
target_compile_definitions(idi_options INTERFACE $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>)
