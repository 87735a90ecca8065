// The main function of every test program.
#define BOOST_TEST_DYN_LINK
#define BOOST_TEST_MODULE polar_flow
#include <boost/test/unit_test.hpp>
