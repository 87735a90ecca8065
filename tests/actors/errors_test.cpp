#define BOOST_TEST_DYN_LINK
#include "actors/errors.hpp"

#include <boost/test/unit_test.hpp>
#include <caf/all.hpp>

using namespace polar_flow;
using namespace polar_flow::actors;

BOOST_AUTO_TEST_SUITE(errors)

BOOST_AUTO_TEST_CASE(every_code_survives_the_way_through_caf) {
  for (int code = 1; code <= static_cast<int>(errc::internal); ++code) {
    const error before{static_cast<errc>(code), "why"};
    BOOST_TEST((from_caf(to_caf(before)) == before));
    BOOST_TEST(is_ours(to_caf(before)));
  }
}

BOOST_AUTO_TEST_CASE(errors_of_caf_get_a_code_that_fits) {
  const auto code_of = [](caf::sec cause) {
    return from_caf(caf::make_error(cause)).code;
  };
  BOOST_TEST((code_of(caf::sec::request_timeout) == errc::deadline_exceeded));
  BOOST_TEST((code_of(caf::sec::request_receiver_down) == errc::overloaded));
  BOOST_TEST((code_of(caf::sec::invalid_argument) == errc::shutting_down));
  BOOST_TEST((code_of(caf::sec::runtime_error) == errc::internal));
  BOOST_TEST(!is_ours(caf::make_error(caf::sec::request_timeout)));
}

BOOST_AUTO_TEST_CASE(a_code_from_the_future_is_internal) {
  const caf::error future{250, caf::atom("polarflow"), caf::make_message(std::string{"new"})};
  BOOST_TEST((from_caf(future).code == errc::internal));
}

BOOST_AUTO_TEST_SUITE_END()
