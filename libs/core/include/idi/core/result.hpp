// Result<T>: a value or an Error. Every function that can fail because of the world returns one.
#pragma once

#include <tl/expected.hpp>

#include <string>
#include <utility>

#include "idi/core/error.hpp"

namespace idi {

/// std::expected's shape (over tl::expected until the compiler has it).
template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using Base = tl::expected<T, Error>;
  using Base::Base;
  Result(Error error) : Base(tl::unexpected<Error>(std::move(error))) {}  // NOLINT: implicit
};

/// Success without a value.
using Status = Result<void>;

[[nodiscard]] inline Error make_error(ErrorCode code, std::string message, std::string hint = {},
                                      std::string detail = {}) {
  return Error{code, std::move(message), std::move(hint), std::move(detail)};
}

}  // namespace idi

#define IDI_CONCAT_INNER(a, b) a##b
#define IDI_CONCAT(a, b) IDI_CONCAT_INNER(a, b)
/// IDI_TRY(auto x, expression): x = the value, or return the error from the enclosing function.
#define IDI_TRY(declaration, expression)                                              \
  auto IDI_CONCAT(idi_try_, __LINE__) = (expression);                                 \
  if (!IDI_CONCAT(idi_try_, __LINE__)) return IDI_CONCAT(idi_try_, __LINE__).error(); \
  declaration = std::move(*IDI_CONCAT(idi_try_, __LINE__))
/// IDI_CHECK(expression): return the error of a Status from the enclosing function.
#define IDI_CHECK(expression) \
  if (auto idi_status = (expression); !idi_status) return idi_status.error()
