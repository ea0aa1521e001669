// One visitor made of several lambdas, for std::visit.
#pragma once

namespace idi {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

}  // namespace idi
