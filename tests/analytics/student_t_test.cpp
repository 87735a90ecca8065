// Goal: p-values are those of SciPy, tiny ones too. Method: a file of results made by SciPy, closed
// forms for one and two degrees of freedom, and properties over a grid.
#define BOOST_TEST_DYN_LINK
#include "analytics/student_t.hpp"
#include "tests/analytics/golden.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <numbers>

using namespace polar_flow::analytics;
using namespace polar_flow::testing;

BOOST_AUTO_TEST_SUITE(student_t)

BOOST_AUTO_TEST_CASE(equals_scipy) {
  const auto lines = golden_lines("correlation_vectors.txt", "student");
  for (const auto& line : lines) {
    const double t = parse(line.given[0]);
    const auto degrees = static_cast<std::int32_t>(parse(line.given[1]));
    BOOST_TEST_CONTEXT("t " << t << ", degrees " << degrees) {
      // Relative, so a p of 1e-80 has nine right digits too.
      const double expected = parse(line.expected[0]);
      BOOST_TEST(std::abs(two_sided_p(t, degrees) - expected) <= 1e-9 * expected);
    }
  }
  // As many as the script writes; a missing or cut file must not pass.
  BOOST_TEST(lines.size() == 340u);
}

BOOST_AUTO_TEST_CASE(one_and_two_degrees_have_closed_forms) {
  for (double t = 0.01; t < 1000; t *= 1.3) {
    const double cauchy = 1.0 - 2.0 * std::atan(t) / std::numbers::pi;
    const double two = 1.0 - t / std::sqrt(2.0 + t * t);
    BOOST_TEST(std::abs(two_sided_p(t, 1) - cauchy) < 1e-14);
    BOOST_TEST(std::abs(two_sided_p(t, 2) - two) < 1e-14);
  }
}

BOOST_AUTO_TEST_CASE(both_sides_count) {
  for (const std::int32_t degrees : {1, 7, 19, 88}) {
    for (const double t : {0.1, 1.0, 1.7, 12.0})
      BOOST_TEST(two_sided_p(t, degrees) == two_sided_p(-t, degrees));
  }
}

BOOST_AUTO_TEST_CASE(the_ends) {
  for (const std::int32_t degrees : {1, 2, 19, 20, 88}) {
    BOOST_TEST(two_sided_p(0.0, degrees) == 1.0);
    BOOST_TEST(two_sided_p(1e200, degrees) >= 0.0);
    BOOST_TEST(two_sided_p(1e200, degrees) < 1e-100);
  }
}

BOOST_AUTO_TEST_CASE(further_out_is_less_likely) {
  // In small steps across the place where the other expansion takes over.
  for (std::int32_t degrees = 1; degrees <= 300; ++degrees) {
    double before = 1;
    for (double t = 0.05; t < 6; t += 0.05) {
      const double p = two_sided_p(t, degrees);
      BOOST_REQUIRE(p < before);
      BOOST_REQUIRE(p > 0.0);
      before = p;
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
