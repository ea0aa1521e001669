// The stages that fill a Shop, in this order. Each takes the random numbers that it needs from one
// stream, so that the order is part of the result.
#pragma once

#include "random.hpp"
#include "shop.hpp"

namespace idi::demo {

void add_catalog(Random& random, Shop& shop);
void add_stores(Shop& shop);
void add_employees(Random& random, Shop& shop);
void add_customers(Random& random, Shop& shop);

}  // namespace idi::demo
