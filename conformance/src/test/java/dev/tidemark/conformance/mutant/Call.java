package dev.tidemark.conformance.mutant;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A call of the storage interface that a defect may change.
 *
 * @param target the sound object behind the defect
 * @param method what is called
 * @param arguments with what
 */
record Call(Object target, Method method, @Nullable Object @Nullable [] arguments) {
  /** An argument, which a defect knows the type of. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  <T> T argument(int index) {
    if (arguments == null) {
      throw new IllegalArgumentException(method + " has no arguments");
    }
    return (T) arguments[index];
  }

  /** Makes the call as it should be made. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  <T> T proceed() throws Throwable {
    return (T) invoke(arguments);
  }

  /** Makes the call with other arguments. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  <T> T proceedWith(@Nullable Object... others) throws Throwable {
    return (T) invoke(others);
  }

  private @Nullable Object invoke(@Nullable Object @Nullable [] with) throws Throwable {
    try {
      return method.invoke(target, with);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
