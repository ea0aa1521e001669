// IDI_ASSERT: a broken invariant of our own. On in all builds; never reachable from user input.
#pragma once

namespace idi {
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line) noexcept;
}

#define IDI_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::idi::assertion_failed(#condition, __FILE__, __LINE__))
