// Goal: sums lose nothing. Method: sums that plain doubles get wrong, with results that follow from
// the numbers as written.
#define BOOST_TEST_DYN_LINK
#include "analytics/exact_sum.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>

BOOST_AUTO_TEST_SUITE(exact_sum)

using sum_type = polar_flow::analytics::exact_sum;

BOOST_AUTO_TEST_CASE(an_empty_sum_is_zero) {
  BOOST_TEST(sum_type{}.sign() == 0);
  BOOST_TEST(sum_type{}.approximate() == 0.0);
}

BOOST_AUTO_TEST_CASE(small_parts_survive_large_ones) {
  sum_type sum;
  for (const double value : {1e70, 1.0, 1e-70, -1e70, -1.0})
    sum.add(value);
  BOOST_TEST(sum.sign() == 1);
  BOOST_TEST(sum.approximate() == 1e-70);
  sum.add(-1e-70);
  BOOST_TEST(sum.sign() == 0);
}

BOOST_AUTO_TEST_CASE(products_are_exact) {
  // (1 + e)² − 1 − 2e = e² with e = 2^-40; as doubles the square would already lose e².
  const double e = std::ldexp(1.0, -40);
  sum_type sum;
  sum.add_product(1.0 + e, 1.0 + e);
  sum.add(-1.0);
  sum.add(-2.0 * e);
  BOOST_TEST(sum.approximate() == e * e);
}

BOOST_AUTO_TEST_CASE(sums_can_be_multiplied) {
  // (10^15 + 1/1024)² − 10^30 = 2·10^15/1024 + 2^-20; 10^30 is the exact product 10^15·10^15.
  sum_type sum;
  sum.add(1e15);
  sum.add(1.0 / 1024);
  sum_type square;
  square.add_product(sum, sum);
  square.add_product(-1e15, 1e15);
  square.add(-2e15 / 1024);
  BOOST_TEST(square.approximate() == std::ldexp(1.0, -20));
  square.add(-std::ldexp(1.0, -20));
  BOOST_TEST(square.sign() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
